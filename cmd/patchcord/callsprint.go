package main

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/plain"
)

const timeForPeople = "2006-01-02 15:04:05"

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return plain.Text(text)
}

func agentName(a admin.Agent) string {
	for _, name := range []string{a.Name, a.Username, a.UserID} {
		if name != "" {
			return plain.Text(name)
		}
	}
	return "-"
}

// customerOf says whom a call was with.
func customerOf(inbound bool, number string) string {
	direction := "to "
	if inbound {
		direction = "from "
	}
	if number == "" {
		return direction + "withheld"
	}
	return direction + plain.Text(number)
}

// printCalls tells calls, one a line with its sentence below.
func printCalls(out io.Writer, calls []admin.Call) error {
	for _, c := range calls {
		_, err := fmt.Fprintf(out, "%s  %-9s %s, %s, %s  %s\n    %s\n", c.At.Local().Format(timeForPeople),
			plain.Text(string(c.Outcome)), customerOf(c.Inbound, c.Number), agentName(c.Agent), orDash(c.Queue),
			plain.Text(c.ContactID), plain.Text(c.Why.Text))
		if err != nil {
			return err
		}
	}
	return nil
}

// printCall tells all of one call.
func printCall(out io.Writer, d admin.CallDetail) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, leg := range d.Legs {
		if err := printCalls(w, []admin.Call{leg.Call}); err != nil {
			return err
		}
		for _, s := range leg.States {
			note := ""
			if s.Derived {
				note = "nobody told it"
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", clockOf(s.At), plain.Text(s.Event), plain.Text(s.State), note)
		}
		for _, r := range leg.Runs {
			printRun(w, r)
		}
		fmt.Fprintf(w, "  %d facts were told.\n", len(leg.Facts))
	}
	for _, place := range d.Damaged {
		fmt.Fprintf(w, "  Damaged: %s\n", plain.Text(place))
	}
	return w.Flush()
}

func printRun(w io.Writer, r admin.Run) {
	name := r.Kind
	if r.Flow != "" {
		name += " " + r.Flow
	}
	fmt.Fprintf(w, "  %s\trun %d: %s\t%s\t%s\n", clockOf(r.Created), r.ID, plain.Text(name), plain.Text(string(r.Status)), took(r.Took))
	if r.Why != nil {
		fmt.Fprintf(w, "  \t\t%s\n", plain.Text(r.Why.Text))
	}
	for _, s := range r.Steps {
		title := s.Title
		if title == "" {
			title = s.Type
		}
		if s.In != "" {
			title += " in " + s.In
		}
		fmt.Fprintf(w, "  \t  %d. %s\t%s\t%s\t%s\n", s.Number, plain.Text(title), plain.Text(s.Port), took(s.Took),
			plain.Text(cmp.Or(s.Problem, s.Warning)))
	}
	if more := r.StepsTotal - len(r.Steps); more > 0 {
		fmt.Fprintf(w, "  \t  and %d more\n", more)
	}
}

func clockOf(t time.Time) string { return t.Local().Format("15:04:05.000") }

func took(ms int64) string { return (time.Duration(ms) * time.Millisecond).String() }
