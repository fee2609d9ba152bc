package letter

import (
	"slices"
	"testing"
)

// sumFields are fields that add up.
const sumFields = `[items]
type = "list"
group = "charges"
privacy = "phi"
says = "the lines of the bill"
example = "a table"
line_sum_of.your_part = ["charge", "-you_paid"]
[charges]
type = "money"
group = "charges"
privacy = "phi"
says = "all charges"
example = "$10.00"
sum_of = ["items.charge"]
[paid]
type = "money"
group = "charges"
privacy = "phi"
says = "what was paid"
example = "$1.00"
[fees]
type = "money"
group = "charges"
privacy = "phi"
says = "fees"
example = "$1.00"
[left]
type = "money"
group = "account"
privacy = "phi"
says = "what is left"
example = "$9.00"
sum_of = ["charges", "-paid", "fees"]
`

func TestFaultsInSums(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want, under string }{
		"of a text":        {"type = \"money\"\ngroup = \"account\"", "type = \"text\"\ngroup = \"account\"", "fields.toml:33:1: only money adds up, and “left” is of the type text", "sum_of"},
		"of nothing":       {`["items.charge"]`, `[]`, "fields.toml:14:1: a sum needs at least one part", "sum_of"},
		"no such field":    {`"-paid"`, `"-payd"`, "fields.toml:33:23: “payd” is not a field (did you mean “paid”?)", "-payd"},
		"itself":           {`"fees"]`, `"left"]`, "fields.toml:33:32: “left” cannot be part of itself", "left"},
		"a list":           {`["charges", `, `["items", `, "fields.toml:33:12: “items” is no money: its type is list", "items"},
		"a column of what": {`"items.charge"`, `"paid.charge"`, "fields.toml:14:12: “paid” has no lines: its type is money", "paid.charge"},
		"no column":        {`"items.charge"`, `"items.chrage"`, "fields.toml:14:12: “chrage” is not a column with amounts (did you mean “charge”?)", "items.chrage"},
		"a column of days": {`"items.charge"`, `"items.date"`, "fields.toml:14:12: “date” is not a column with amounts: charge, plan_discount, our_discount, plan_paid, you_paid, your_part", "items.date"},
		"taken off first":  {`["charges", `, `["-charges", `, "fields.toml:33:12: a sum begins with what the rest is added to or taken from", "-charges"},
		"lines of money":   {"says = \"fees\"", "says = \"fees\"\nline_sum_of.charge = [\"your_part\"]", "fields.toml:26:1: only a list has lines, and “fees” is of the type money", "line_sum_of.charge"},
		"line: no column":  {"line_sum_of.your_part", "line_sum_of.your_prt", "fields.toml:7:1: “your_prt” is not a column with amounts (did you mean “your_part”?)", "line_sum_of.your_prt"},
		"line: no part":    {`["charge", "-you_paid"]`, `[]`, "fields.toml:7:1: a sum needs at least one part", "line_sum_of.your_part"},
		"line: itself":     {`"-you_paid"`, `"-your_part"`, "fields.toml:7:37: “your_part” cannot be part of itself", "-your_part"},
		"line: days":       {`"-you_paid"`, `"-date"`, "fields.toml:7:37: “date” is not a column with amounts: charge, plan_discount, our_discount, plan_paid, you_paid, your_part", "-date"},
		"not a list":       {`sum_of = ["charges", "-paid", "fees"]`, `sum_of = "charges"`, "fields.toml:33:1: this is text in quotes and has to be a list in brackets", "sum_of"},
	} {
		_, err := ParseDictionary("fields.toml", []byte(replaced(t, sumFields, c.old, c.new)), nil)
		faultOf(t, name, err, c.want, c.under)
	}
}

func TestSumsAddUp(t *testing.T) {
	d, err := ParseDictionary("fields.toml", []byte(sumFields), nil)
	if err != nil {
		t.Fatal(err)
	}
	line := func(charge, paid, part any) map[string]any {
		return map[string]any{"what": "x", "charge": charge, "you_paid": paid, "your_part": part}
	}
	for name, c := range map[string]struct {
		values map[string]any
		want   []string
	}{
		"nothing":             {nil, nil},
		"all of it":           {map[string]any{"charges": "10.10", "paid": "$1", "fees": int64(2), "left": "11.10"}, nil},
		"the least amount":    {map[string]any{"charges": "4.10", "left": "4.1"}, nil},
		"large amounts":       {map[string]any{"charges": "$123,456,789.01", "paid": "0.01", "left": "123456789"}, nil},
		"a cent off":          {map[string]any{"charges": "10.00", "paid": "1.00", "left": "9.01"}, []string{"left is $9.01, and charges - paid makes $9.00"}},
		"below nothing":       {map[string]any{"charges": "1.00", "paid": "3.50", "left": "2.50"}, []string{"left is $2.50, and charges - paid makes -$2.50"}},
		"a part is missing":   {map[string]any{"charges": "10.00", "fees": "1.00", "left": "10.00"}, []string{"left is $10.00, and charges + fees makes $11.00"}},
		"the first missing":   {map[string]any{"paid": "1.00", "left": "5.00"}, nil},
		"the value missing":   {map[string]any{"charges": "10.00", "paid": "1.00"}, nil},
		"no amount":           {map[string]any{"charges": "ten", "left": "5.00"}, nil},
		"lines":               {map[string]any{"charges": "3.50", "items": []any{line("1.00", "0.25", "0.75"), line("2.50", nil, "2.50")}}, nil},
		"lines of a table":    {map[string]any{"charges": "3.50", "items": []map[string]any{line("1.00", nil, nil), line("2.50", nil, nil)}}, nil},
		"lines do not add up": {map[string]any{"charges": "3.00", "items": []any{line("1.00", nil, nil), line("2.50", nil, nil)}}, []string{"charges is $3.00, and items.charge makes $3.50"}},
		"a column missing":    {map[string]any{"charges": "3.00", "items": []any{line(nil, nil, nil)}}, []string{"charges is $3.00, and items.charge makes $0.00"}},
		"no lines":            {map[string]any{"charges": "3.00", "items": []any{}}, nil},
		"within lines": {map[string]any{"charges": "3.50", "items": []any{line("1.00", "0.25", "0.75"), line("2.50", "0.25", "2.50"), line("0.00", nil, "0.10")}}, []string{
			"your_part in line 2 of items is $2.50, and charge - you_paid makes $2.25",
			"your_part in line 3 of items is $0.10, and charge makes $0.00"}},
	} {
		var got []string
		for _, x := range d.Differences(func(name string) any { return c.values[name] }) {
			got = append(got, x.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestLinesOfABill(t *testing.T) {
	d := testDictionary(t)
	for name, c := range map[string]struct {
		value any
		want  string
	}{
		"texts":      {[]any{"a", "b"}, ""},
		"lines":      {[]any{map[string]any{"what": "visit", "charge": "1.00"}}, ""},
		"slip":       {[]any{map[string]any{"what": "visit"}, map[string]any{"chrage": "1.00"}}, "has “chrage” in line 2, and a line has no such column (did you mean “charge”?); the columns are date, what, code, charge, plan_discount, our_discount, plan_paid, you_paid, your_part"},
		"no amount":  {[]any{map[string]any{"what": "visit", "charge": "free"}}, "has a value of charge in line 1 that is not an amount of money such as \"218.40\""},
		"not a list": {int64(3), "is not a list"},
	} {
		got := ""
		if err := d.Field("line_items").Fits(c.value); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
