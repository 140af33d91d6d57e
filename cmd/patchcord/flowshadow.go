package main

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/lint"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowShadowCommand struct {
	File    string   `arg:"" help:"The draft: a flow as JSON."`
	Event   string   `help:"What fires it, as in salesforceUi.onClickToDial; else as its name says, or a ring." placeholder:"SOURCE.EVENT"`
	Days    int      `default:"7" help:"How far to look back, 1 to 90."`
	Instead string   `help:"Name or id of the flow whose place it takes; else that of its name, or the event's oldest." placeholder:"FLOW"`
	With    []string `help:"Flows that it calls, by the names in their files; others are as they were." placeholder:"FILE"`
	New     bool     `help:"It takes no flow's place."`
	Map     string   `help:"What unknown types stand for; see flow map." placeholder:"FILE"`
	Output  string   `short:"o" enum:"text,json" default:"text" help:"text or json."`
	asked
}

// Help is shown by patchcord flow shadow --help.
func (flowShadowCommand) Help() string {
	return "Runs a draft on the events that an adapter has recorded, at most 10,000, the newest first, and lists each whose effects would\n" +
		"differ: what pops, is dialled, written, sent. Nothing is done: where the draft asks what was never answered it stops, and that\n" +
		"is said. It asks the running adapter as patchcord calls does; administrators and managers may.\n" +
		"Status 0: nothing would differ as far as can be told; 1: something would."
}

// Run compares a draft with what was done.
func (c flowShadowCommand) Run(e *env) error { return trouble(e, c.run(e)) }

func (c flowShadowCommand) run(e *env) error {
	draft, err := oneFlow(c.File, c.Map)
	if err != nil {
		return err
	}
	event, err := c.event(draft)
	if err != nil {
		return err
	}
	ask, err := c.connect()
	if err != nil {
		return err
	}
	defer ask.close()
	question := admin.ShadowAsk{Script: string(draft.document.Text()), Event: event, Days: c.Days, Instead: c.Instead, New: c.New}
	if question.Flows, err = c.with(); err != nil {
		return err
	}
	all, err := c.compare(e, ask, question)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		err = printIndented(e, all)
	} else {
		err = printShadow(e.stdout, all)
	}
	if err == nil && all.Differ+all.Fail > 0 {
		return exitFound
	}
	return err
}

// with are the scripts of flows that the draft calls.
func (c flowShadowCommand) with() (map[string]string, error) {
	if len(c.With) == 0 {
		return nil, nil
	}
	flows, err := readFlows(c.With, c.Map)
	if err != nil {
		return nil, err
	}
	scripts := map[string]string{}
	for name, document := range documents(flows) {
		scripts[name] = string(document.Text())
	}
	return scripts, nil
}

// ring is the event of a call that rings, payload how flows read what other events bring.
const (
	ring    = "connectVoiceContact.onConnecting"
	payload = "$.payload"
)

// event is what fires the draft.
func (c flowShadowCommand) event(draft flowFile) (string, error) {
	if c.Event != "" {
		return c.Event, nil
	}
	source, event := lint.FiredBy(draft.document.Name(), draft.name)
	switch {
	case event != "":
		return source + "." + event, nil
	case strings.Contains(string(draft.document.Text()), payload):
		return "", fmt.Errorf("%s: its name does not say what fires it: say so with --event, as in salesforceUi.onClickToDial", c.File)
	}
	return ring, nil // what most flows are for
}

// compare asks slice by slice until nothing is left.
func (c flowShadowCommand) compare(e *env, ask *asking, question admin.ShadowAsk) (all admin.Shadow, err error) {
	for first := true; first || all.Next != ""; first = false {
		question.Instead, question.Next, question.Left = cmp.Or(all.Instead, c.Instead), all.Next, all.Left
		var part admin.Shadow
		if _, err := ask.do(e.ctx, http.MethodPost, "shadow", question, &part); err != nil {
			return all, err
		}
		all = joined(all, part)
		if e.person && all.Next != "" && all.Looked != nil {
			fmt.Fprintf(e.stderr, "%s so far, back to %s …\n", counted.Noun(events(all), "event"), all.Looked.Local().Format(timeForPeople))
		}
	}
	return all, nil
}

func events(s admin.Shadow) int { return s.Same + s.Differ + s.Fail + s.Unknown }

// joined is two slices as one.
func joined(all, part admin.Shadow) admin.Shadow {
	out := part
	out.Same, out.Differ, out.Fail, out.Unknown = all.Same+part.Same, all.Differ+part.Differ, all.Fail+part.Fail, all.Unknown+part.Unknown
	out.Beside = max(all.Beside, part.Beside)
	out.Open, out.NotRun, out.Damaged = all.Open+part.Open, all.NotRun+part.NotRun, all.Damaged+part.Damaged
	out.Cases = append(all.Cases, part.Cases...)
	if part.Looked == nil {
		out.Looked = all.Looked
	}
	out.Stops = all.Stops
	for _, stop := range part.Stops {
		known := false
		for i := range out.Stops {
			if s := &out.Stops[i]; s.Action == stop.Action && s.Why == stop.Why {
				s.Events, known = s.Events+stop.Events, true
			}
		}
		if !known {
			out.Stops = append(out.Stops, stop)
		}
	}
	return out
}

// printShadow tells what would differ, each event with its sentences below, and a line of all.
func printShadow(out io.Writer, s admin.Shadow) error {
	for _, c := range s.Cases {
		who := agentName(c.Agent)
		if c.ContactID != "" {
			who = fmt.Sprintf("%s, %s  %s", customerOf(c.Inbound, c.Number), who, plain.Text(c.ContactID))
		}
		fmt.Fprintf(out, "%s  %-7s %s\n", c.At.Local().Format(timeForPeople), plain.Text(c.Verdict), who)
		for _, change := range c.Changes {
			fmt.Fprintf(out, "    %s\n", plain.Text(change.Text))
		}
		if c.More > 0 {
			fmt.Fprintf(out, "    and %d more\n", c.More)
		}
		if c.Problem != "" {
			fmt.Fprintf(out, "    would fail: %s\n", plain.Text(c.Problem))
		}
		if c.Stop != nil {
			fmt.Fprintf(out, "    %s\n", stopped(*c.Stop))
		}
	}
	for _, line := range summary(s) {
		if _, err := fmt.Fprintln(out, plain.Text(line)); err != nil {
			return err
		}
	}
	return nil
}

// stopped says where a draft could not be followed any more.
func stopped(s admin.ShadowStop) string {
	name := fmt.Sprintf("%s (%s)", orDash(s.Label), plain.Text(s.Action))
	switch {
	case s.Action == "":
		return "what it would do hangs on a masked value: whether that differs cannot be told"
	case s.Why == "notKept":
		return "from " + name + " on nothing can be told: it calls a flow that is not kept with the run; give its file by --with"
	case s.Why == "masked":
		return "from " + name + " on nothing can be told: it hangs on a masked value"
	}
	return "from " + name + " on nothing can be told: no answer is recorded for what it asks"
}

// summary are the lines behind the list.
func summary(s admin.Shadow) (lines []string) {
	n := events(s)
	replaced := ""
	if s.Instead != "" {
		replaced = ", instead of " + s.Instead
	}
	if s.Beside > 0 {
		replaced += fmt.Sprintf(", the oldest of the event's %d flows (--instead names another one)", s.Beside+1)
	}
	back := s.Since
	if s.Left == 0 && s.Looked != nil {
		back = *s.Looked // there are more of them
	}
	lines = append(lines, fmt.Sprintf("%s of %s since %s%s: %d the same, %d would differ, %d would fail, %d cannot be told.",
		counted.Noun(n, "event"), s.Event, back.Local().Format(timeForPeople), replaced, s.Same, s.Differ, s.Fail, s.Unknown))
	for _, stop := range s.Stops {
		lines = append(lines, fmt.Sprintf("    %d: %s.", stop.Events, stopped(stop)))
	}
	var left []string
	for _, of := range []struct {
		n   int
		why string
	}{{s.Open, "not over yet"}, {s.NotRun, "that were not to run, as for a call that was over"}, {s.Damaged, "that cannot be read"}} {
		if of.n > 0 {
			left = append(left, fmt.Sprintf("%d %s", of.n, of.why))
		}
	}
	if len(left) > 0 {
		lines = append(lines, "Left out: "+strings.Join(left, ", ")+".")
	}
	if n == 0 && !s.OnlyIfWanted {
		lines = append(lines, "None is recorded in this time: look further back with --days, or at the event's name.")
	}
	if s.OnlyIfWanted {
		lines = append(lines, toldSince(s))
	}
	return lines
}

// toldSince is of an event that nobody tells unless a flow wants it.
func toldSince(s admin.Shadow) string {
	const only = "Pages tell this event only while an active flow wants it: "
	switch {
	case s.FirstTold != nil:
		return only + "the first that is kept is of " + s.FirstTold.Local().Format(timeForPeople) + "."
	case s.FirstToldUnknown:
		return only + "since when that is takes too long to find out."
	}
	return only + "it never was, or nothing of it is kept. Make a flow for it active, with Start and End alone, and compare again later."
}
