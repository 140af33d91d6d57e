package setup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/internal/plain"
)

// Heading names what a plan is about.
type Heading struct {
	Org      string `json:"org"`      // origin
	Instance string `json:"instance"` // alias
	Region   string `json:"region"`
}

// Heading of a site.
func (s Site) Heading(c config.File) Heading {
	return Heading{Org: s.CRM.Session().InstanceURL, Instance: s.Instance.Alias, Region: c.Setup.Connect.Region}
}

// Text writes plans and results for people.
type Text struct {
	W      io.Writer
	Colour bool // a terminal that shows colours
}

var colours = map[string]string{
	string(Create): "32", string(Update): "33", string(Remove): "31", string(Person): "36", string(Nothing): "2",
	"✓": "32", "✗": "31", "·": "33",
}

func (t Text) sign(sign string) string {
	if !t.Colour {
		return sign
	}
	return "\x1b[" + colours[sign] + "m" + sign + "\x1b[0m"
}

// Plan writes the changes below their steps, and a line that sums them up.
func (t Text) Plan(h Heading, changes []Change) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOrg %s, Amazon Connect instance %s (%s)\n", h.Org, h.Instance, h.Region)
	step := ""
	for _, c := range changes {
		if c.Step != step {
			step = c.Step
			fmt.Fprintf(&b, "\n  %s\n", plain.Text(step))
		}
		t.change(&b, c)
	}
	b.WriteString("\n" + Summary(changes) + "\n" + askedSummary(changes))
	_, err := io.WriteString(t.W, b.String())
	return err
}

// askedSummary is a line about what the org said of a plan; "" if it was not asked.
func askedSummary(changes []Change) string {
	counts, refused := map[Answer]int{}, 0
	for _, c := range changes {
		counts[c.Asked]++
		refused += len(c.Refused)
	}
	if counts[Taken]+counts[Declined]+counts[NotYet] == 0 {
		return ""
	}
	return fmt.Sprintf("The org was asked: %s it would take, %d it would refuse (%s); %d not asked yet, "+
		"because they are no metadata, or need an earlier one to be kept.\n",
		counted.Noun(counts[Taken], "change"), counts[Declined], counted.Noun(refused, "component"), counts[NotYet])
}

// shown is a change without what a terminal would obey: names are of other people's making.
func (c Change) shown() Change {
	for _, text := range []*string{&c.Step, &c.What, &c.Old, &c.New, &c.Why, &c.Link, &c.Optional} {
		*text = plain.Text(*text)
	}
	return c
}

// shown is a finding without what a terminal would obey.
func (f Finding) shown() Finding {
	for _, text := range []*string{&f.Check, &f.What, &f.Why, &f.Mend, &f.Link} {
		*text = plain.Text(*text)
	}
	return f
}

func (t Text) change(b *strings.Builder, c Change) {
	c = c.shown()
	fmt.Fprintf(b, "    %s ", t.sign(string(c.Action)))
	if c.Action == Person {
		fmt.Fprintf(b, "%d. ", c.Number)
	}
	b.WriteString(c.What)
	if c.Action == Update || c.New != "" {
		fmt.Fprintf(b, ": %s → %s", OrEmpty(c.Old), OrEmpty(c.New))
	}
	b.WriteString("\n")
	if c.Why != "" && c.Action != Nothing {
		fmt.Fprintf(b, "        %s\n", c.Why)
	}
	if c.Link != "" {
		fmt.Fprintf(b, "        %s\n", c.Link)
	}
	if c.Asked == NotYet {
		fmt.Fprintf(b, "        %s %s\n", t.sign("·"), NotYet)
	}
	for _, r := range c.Refused {
		fmt.Fprintf(b, "        %s the org would refuse %s\n", t.sign("✗"), plain.Text(r.Type+" "+r.Name+": "+r.Problem))
	}
}

// OrEmpty is a value as people read it.
func OrEmpty(text string) string {
	if text == "" {
		return "(empty)"
	}
	return text
}

// Summary counts a plan in one line.
func Summary(changes []Change) string {
	create, update, person := Pending(changes)
	remove, right := 0, 0
	for _, c := range changes {
		switch c.Action {
		case Remove:
			remove++
		case Nothing:
			right++
		}
	}
	if remove > 0 {
		return fmt.Sprintf("Plan: %d to take back, %d gone or changed since.", remove, right)
	}
	return fmt.Sprintf("Plan: %d to create, %d to change, %d right already, %d only a person can do.",
		create, update, right, person)
}

// Progress writes one line for a change that was made or was right.
func (t Text) Progress(c Change) {
	c = c.shown()
	var b strings.Builder
	fmt.Fprintf(&b, "  %s %s: %s\n", t.sign("✓"), c.Step, c.What)
	if c.Action != Person {
		_, _ = io.WriteString(t.W, b.String()) // progress is not worth an end
	}
}

// Waits writes one line about a change that takes its time.
func (t Text) Waits(c Change, still string) {
	_, _ = fmt.Fprintf(t.W, "  %s %s: %s\n", t.sign("·"), plain.Text(c.Step), plain.Text(still)) // progress is not worth an end
}

// Passed writes what the platform refused and is gone past, with what works all the same.
func (t Text) Passed(c Change, err error) {
	c = c.shown()
	_, _ = fmt.Fprintf(t.W, "  %s %s: %s: the org refused it: %s\n      %s\n", t.sign("·"), c.Step, c.What,
		plain.Line(err), c.Optional)
}

// Persons writes what is left for people.
func (t Text) Persons(changes []Change) error {
	var b strings.Builder
	if _, _, persons := Pending(changes); persons > 0 {
		b.WriteString("\nOnly a person can do:\n")
	}
	for _, c := range changes {
		if c.Action == Person {
			t.change(&b, c)
		}
	}
	_, err := io.WriteString(t.W, b.String())
	return err
}

// Findings writes what Verify found.
func (t Text) Findings(h Heading, findings []Finding) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nOrg %s, Amazon Connect instance %s (%s)\n\n", h.Org, h.Instance, h.Region)
	passed, failed, warned := 0, 0, 0
	for _, f := range findings {
		f = f.shown()
		switch f.Verdict {
		case Passed:
			passed++
			fmt.Fprintf(&b, "  %s %s: %s%s\n", t.sign("✓"), f.Check, f.What, f.day())
			continue
		case Failed:
			failed++
			fmt.Fprintf(&b, "  %s %s: %s%s\n", t.sign("✗"), f.Check, f.What, f.day())
		case Warned:
			warned++
			fmt.Fprintf(&b, "  %s %s: %s%s\n", t.sign("·"), f.Check, f.What, f.day())
		}
		for _, line := range []string{f.Why, f.Mend, f.Link} {
			if line != "" {
				fmt.Fprintf(&b, "      %s\n", line)
			}
		}
	}
	fmt.Fprintf(&b, "\nVerify: %d right, %d wrong, %d to look at.\n", passed, failed, warned)
	_, err := io.WriteString(t.W, b.String())
	return err
}

// day tells people where in docs/real-org.md more is said of it.
func (f Finding) day() string {
	if f.FirstDay == 0 {
		return ""
	}
	return fmt.Sprintf(" (first day %d)", f.FirstDay)
}

// planJSON is a plan for programs.
type planJSON struct {
	Heading
	Changes []Change    `json:"changes"`
	Summary summaryJSON `json:"summary"`
}

type summaryJSON struct {
	Create int `json:"create"`
	Update int `json:"update"`
	Remove int `json:"remove"`
	Right  int `json:"right"`
	Person int `json:"person"`
}

// PlanJSON writes a plan for programs.
func PlanJSON(w io.Writer, h Heading, changes []Change) error {
	out := planJSON{Heading: h, Changes: changes}
	if changes == nil {
		out.Changes = []Change{}
	}
	for _, c := range changes {
		switch c.Action {
		case Create:
			out.Summary.Create++
		case Update:
			out.Summary.Update++
		case Remove:
			out.Summary.Remove++
		case Nothing:
			out.Summary.Right++
		case Person:
			out.Summary.Person++
		}
	}
	return indented(w, out)
}

// FindingsJSON writes what Verify found for programs.
func FindingsJSON(w io.Writer, h Heading, findings []Finding) error {
	return indented(w, struct {
		Heading
		OK       bool      `json:"ok"`
		Findings []Finding `json:"findings"`
	}{h, !Broken(findings), findings})
}

func indented(w io.Writer, v any) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(plain.JSON(out.Bytes()))
	return err
}
