package letter

// A Waiver allows one rule to be broken, for a reason that every report
// shows: a comment before a block, <!-- bedside: allow ban.legalese because
// "required by state form 12-B" until 2027-03-31 by "NAME" -->, or a table of
// the front matter for the whole letter.
type Waiver struct {
	Rule    string // its id: "ban.legalese"
	Because string // the reason, in words
	Until   string // the last day it holds, "2027-03-31"; "" for always
	By      string // who decided it; may be ""
	Span    Span   // where it stands
	Covers  Span   // the block that it is for; of one in the front matter the whole file
}
