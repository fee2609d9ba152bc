package preview

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

// The document is all that the page knows of a pack, but for the letters as
// they are printed. Its keys are read by app/*.js and by nobody else.
type (
	document struct {
		Office    string           `json:"office"`
		Rules     string           `json:"rules"`
		Real      bool             `json:"real"`  // the one person is real
		PDF       bool             `json:"pdf"`   // a browser can make PDFs
		Fault     *fault           `json:"fault"` // why this is not what the files say now
		Envelope  string           `json:"envelope"`
		Envelopes []envelope       `json:"envelopes"`
		Fields    map[string]field `json:"fields"` // those that letters use, and what conditions ask for
		People    []person         `json:"people"`
		Letters   []*sheet         `json:"letters"`
	}
	envelope struct {
		Name   string `json:"name"`
		Return box    `json:"return"`
		To     box    `json:"to"`
		Style  string `json:"style"`
	}
	box struct { // inches
		Left   float64 `json:"left"`
		Top    float64 `json:"top"`
		Width  float64 `json:"width"`
		Height float64 `json:"height"`
	}
	field struct {
		Says    string `json:"says"`
		Type    string `json:"type"`    // "fact" of a fact of the office
		Privacy string `json:"privacy"` // in words
	}
	person struct {
		ID       string              `json:"id"`
		Name     string              `json:"name"`
		Says     string              `json:"says"`
		Language string              `json:"language"`
		Address  map[string][]string `json:"address"` // by language of the letter
	}
	sheet struct {
		ID           string             `json:"id"`
		Version      string             `json:"version"` // another one when its pages look otherwise
		Path         string             `json:"path"`
		Title        string             `json:"title"`
		Purpose      string             `json:"purpose"`
		Language     string             `json:"language"`
		LanguageName string             `json:"languageName"`
		Stage        string             `json:"stage"`
		Kinds        []string           `json:"kinds"` // in words
		Twin         string             `json:"twin"`  // the same letter in another language
		Ready        bool               `json:"ready"`
		Must         int                `json:"must"`
		Should       int                `json:"should"`
		Consider     int                `json:"consider"`
		Grade        string             `json:"grade"`
		Approved     *approval          `json:"approved"`
		Only         []string           `json:"only"` // send only if
		Never        []string           `json:"never"`
		Choices      []string           `json:"choices"` // what its conditions ask for
		Person       string             `json:"person"`  // to show it with
		People       map[string]fitting `json:"people"`
		Findings     []finding          `json:"findings"`
		Sentences    []sentence         `json:"sentences"`
		Words        []word             `json:"words"`
		Fields       []use              `json:"fields"`
	}
	approval struct {
		By      string   `json:"by"`
		On      string   `json:"on"`
		Note    string   `json:"note"`
		Changed bool     `json:"changed"`
		What    []string `json:"what"` // has changed
	}
	fitting struct {
		Form  int      `json:"form"`  // that their values give: bit i is the i-th choice
		Held  []string `json:"held"`  // why it must not be sent to them
		Lacks []string `json:"lacks"` // fields without a value
	}
	finding struct {
		Mark        int      `json:"mark"`
		Severity    string   `json:"severity"`
		Weight      string   `json:"weight"` // the severity in words
		Words       string   `json:"words"`
		Says        string   `json:"says"`
		Detail      string   `json:"detail"` // for whoever mends it, where says is for everybody
		Why         string   `json:"why"`
		Try         []string `json:"try"`
		Source      []string `json:"source"`
		When        string   `json:"when"`  // "" in every form
		Forms       []int    `json:"forms"` // null in every form
		Missing     bool     `json:"missing"`
		Whole       bool     `json:"whole"` // about the whole letter
		Waived      string   `json:"waived"`
		WaivedBy    string   `json:"waived_by"`
		WaivedUntil string   `json:"waived_until"` // "2027-03-31"; "" for always
	}
	sentence struct {
		Mark  int    `json:"mark"`
		Words string `json:"words"`
		Count int    `json:"count"`
	}
	word struct {
		Mark    int      `json:"mark"`
		Word    string   `json:"word"`
		Count   int      `json:"count"`
		Plainer []string `json:"plainer"`
	}
	use struct {
		Name string `json:"name"`
		When string `json:"when"`
	}
)

// document describes a pack. Of a letter that is as it was, it takes the
// description of the last document, if there is one.
func (p *Pack) document(last *document) *document {
	d := &document{Office: p.Office, Rules: p.Rules, Real: p.Real, Fields: map[string]field{}, Envelope: p.Pages.Envelope().Name, Letters: []*sheet{}}
	for _, e := range render.Envelopes {
		d.Envelopes = append(d.Envelopes, envelope{e.Name, box(e.Return), box(e.To), e.Style()})
	}
	for i := range p.Pages.People {
		someone := &p.Pages.People[i]
		address := map[string][]string{}
		for _, language := range letter.Languages() {
			address[language] = p.Pages.Address(someone, language)
		}
		d.People = append(d.People, person{someone.ID, someone.Name, someone.Says, someone.Language, address})
	}
	for _, l := range p.Letters {
		s := last.sheet(l.ID, p.version(l))
		if s == nil {
			s = p.sheet(l)
		}
		d.Letters = append(d.Letters, s)
		for _, name := range s.Choices {
			d.Fields[name] = p.field(name)
		}
		for _, u := range s.Fields {
			d.Fields[u.Name] = p.field(u.Name)
		}
	}
	return d
}

func (p *Pack) field(name string) field {
	if f := p.Dictionary.Field(name); f != nil {
		return field{f.Says, string(f.Type), f.PrivacySays()}
	}
	return field{Says: "what practice.toml answers for your office", Type: "fact"}
}

// version is another when anything that is shown of a letter is another.
func (p *Pack) version(l Letter) string {
	return hash(p.Digest, p.Pages.Digest(), string(l.Letter.Src), strings.Join(l.Fingerprints(), " "), fmt.Sprint(l.Approval), p.twin(l))
}

// sheet is the description of a letter in a version, or nil.
func (d *document) sheet(id, version string) *sheet {
	if d != nil {
		for _, s := range d.Letters {
			if s.ID == id && s.Version == version {
				return s
			}
		}
	}
	return nil
}

func (p *Pack) sheet(l Letter) *sheet {
	meta := &l.Letter.Meta
	s := &sheet{
		ID: l.ID, Version: p.version(l), Path: l.Path, Title: cmp.Or(meta.Title, strings.ReplaceAll(path.Base(l.ID), "-", " ")), Purpose: meta.Purpose, Language: l.Language, LanguageName: letter.LanguageName(l.Language),
		Stage: meta.Stage, Twin: p.twin(l), Ready: l.Ready, Must: l.Count(lint.Error), Should: l.Count(lint.Warning), Consider: l.Count(lint.Note),
		Grade: grade(l.Result), Approved: approved(l.Approval), Only: saysOf(meta.SendOnlyIf), Never: saysOf(meta.NeverIf), People: map[string]fitting{},
		Findings: []finding{}, Sentences: []sentence{}, Words: []word{}, Fields: []use{}, Choices: []string{}, Kinds: []string{},
	}
	for _, kind := range l.Kinds {
		s.Kinds = append(s.Kinds, cmp.Or(p.Kinds[kind], kind))
	}
	for _, c := range l.Letter.Choices {
		s.Choices = append(s.Choices, c.Name)
	}
	if best, err := p.Pages.PersonFor(l.Letter, ""); err == nil {
		s.Person = best.ID
	}
	for i := range p.Pages.People {
		fit := p.Pages.Fit(l.Letter, &p.Pages.People[i])
		s.People[p.Pages.People[i].ID] = fitting{fit.Form, reasons(fit.Held), fit.Lacks}
	}
	p.tell(s, l)
	for _, f := range l.Letter.Fields {
		if f.Field != nil && !slices.ContainsFunc(s.Fields, func(u use) bool { return u.Name == f.Name }) {
			s.Fields = append(s.Fields, use{f.Name, l.Letter.When(f.Forms)})
		}
	}
	return s
}

// tell says what is found in a letter and where it is hard. The marks count
// the findings, the sentences and the words in one row, as marks does.
func (p *Pack) tell(s *sheet, l Letter) {
	for i := range l.Findings {
		f := &l.Findings[i]
		out := finding{Mark: i, Severity: f.Severity.String(), Weight: f.Severity.Words(), Words: f.Text, Says: f.Message, Why: f.Why, Try: f.Try,
			When: l.Letter.When(f.Forms), Missing: f.Span.Start == f.Span.End, Whole: l.whole(f)}
		l.plainly(&out, f)
		for _, id := range f.Source {
			out.Source = append(out.Source, cmp.Or(p.Sources[id], id))
		}
		out.Forms = someForms(l, f.Forms)
		if f.Waiver != nil {
			out.Waived, out.WaivedBy, out.WaivedUntil = cmp.Or(f.Waiver.Because, "it was allowed"), f.Waiver.By, f.Waiver.Until
		}
		s.Findings = append(s.Findings, out)
	}
	hard := p.HardPlaces(l.Result)
	next := len(l.Findings)
	for i, h := range hard.Sentences {
		s.Sentences = append(s.Sentences, sentence{next + i, h.Text, h.Words})
	}
	next += len(hard.Sentences)
	for i, w := range hard.Words {
		s.Words = append(s.Words, word{next + i, w.Text, w.Count, w.Plainer})
	}
}

// someForms are the forms of a set, nil for one that has all.
func someForms(l Letter, set letter.FormSet) []int {
	var forms []int
	for form := range l.Letter.Forms {
		if set.Has(form) {
			forms = append(forms, form)
		}
	}
	if len(forms) == len(l.Letter.Forms) {
		return nil
	}
	return forms
}

// marks are the parts of a letter's file that the page can show: findings, hard
// sentences, hard words, and all sentences.
func (p *Pack) marks(l Letter) []letter.Span {
	marks := []letter.Span{}
	for i := range l.Findings {
		at := l.Findings[i].Span
		if l.whole(&l.Findings[i]) {
			at = letter.Span{Start: -1, End: -1}
		}
		marks = append(marks, at)
	}
	hard := p.HardPlaces(l.Result)
	for _, h := range hard.Sentences {
		marks = append(marks, h.Span)
	}
	for _, w := range hard.Words {
		marks = append(marks, w.Span)
	}
	return append(marks, sentenceMarks(l)...)
}

// firstSentence is the mark of the first of all sentences.
func (p *Pack) firstSentence(l Letter) int {
	hard := p.HardPlaces(l.Result)
	return len(l.Findings) + len(hard.Sentences) + len(hard.Words)
}

// whole reports whether a finding is about the letter and not about words.
func (l Letter) whole(f *lint.Finding) bool {
	body := l.Letter.Body
	return f.Span.Start < body.Start || f.Span.End-f.Span.Start > (body.End-body.Start)*3/4
}

// twin is the id of the letter of the same name in the folder of another
// language: "es/thanks" of "en/thanks".
func (p *Pack) twin(l Letter) string {
	for _, other := range p.Letters {
		if other.Language != l.Language && path.Base(other.ID) == path.Base(l.ID) &&
			path.Dir(path.Dir(other.ID)) == path.Dir(path.Dir(l.ID)) && path.Dir(other.ID) != path.Dir(l.ID) {
			return other.ID
		}
	}
	return ""
}

// grade says how hard a letter is to read, "" where it is too short to tell.
func grade(res *lint.Result) string {
	scores := res.Readability.Scores
	switch {
	case res.Readability.Confidence == "none":
	case scores.FKGrade != nil:
		return fmt.Sprintf("Reading grade %d", int(math.Max(0, math.Round(*scores.FKGrade))))
	case scores.INFLESZ != nil:
		return fmt.Sprintf("Reading ease %d of 100", int(math.Round(*scores.INFLESZ)))
	}
	return ""
}

func approved(a lint.Approval) *approval {
	if a.By == "" {
		return nil
	}
	return &approval{a.By, a.On, a.Note, a.Changed, a.What}
}

func saysOf(holds []letter.Hold) []string {
	says := []string{}
	for _, h := range holds {
		says = append(says, h.Says)
	}
	return says
}

// reasons leaves out of each reason which value it is seen by.
func reasons(held []string) []string {
	for i, reason := range held {
		if at := strings.LastIndex(reason, ": "); at > 0 {
			held[i] = reason[:at]
		}
	}
	return held
}

// hash names what texts say.
func hash(texts ...string) string {
	sum := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(sum, "%d\n%s", len(text), text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}

// encode is the document as JSON. It can stand in a script of a page: <, > and
// & are escaped.
func (d *document) encode() []byte {
	src, err := json.Marshal(d)
	if err != nil {
		panic(err) // it is made of texts and numbers
	}
	return src
}
