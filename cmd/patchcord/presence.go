package main

import (
	"fmt"
	"io"
	"net/url"
	"strconv"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/plain"
)

type presenceCommand struct {
	User   string `arg:"" optional:"" help:"A Salesforce user's id, or a user name of the contact centre: the changes of that agent."`
	All    bool   `help:"All agents, not only those who need somebody."`
	Limit  int    `default:"50" help:"How many, up to 200."`
	Output string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	asked
}

// Help is shown by patchcord presence --help.
func (presenceCommand) Help() string {
	return "Tells of which agents the statuses at Amazon Connect and in Omni-Channel do not follow each other, or who\n" +
		"changed those of one. It asks the running adapter as patchcord calls does."
}

// Run asks the adapter and tells what it says.
func (c presenceCommand) Run(e *env) error {
	ask, err := c.connect()
	if err != nil {
		return err
	}
	defer ask.close()
	limit := "?limit=" + strconv.Itoa(c.Limit)
	if c.User != "" {
		var history admin.PresenceHistory
		raw, err := ask.get(e.ctx, "presence/agents/"+url.PathEscape(c.User)+limit, &history)
		switch {
		case err != nil:
			return err
		case c.Output == "json":
			return printJSON(e, raw)
		}
		return printPresenceHistory(e.stdout, history)
	}
	var list admin.PresenceAgents
	raw, err := ask.get(e.ctx, "presence/agents"+limit, &list)
	switch {
	case err != nil:
		return err
	case c.Output == "json":
		return printJSON(e, raw)
	}
	return c.printAgents(e.stdout, list)
}

// printAgents tells of agents, those who need somebody first; what keeps their presences apart stands below each.
func (c presenceCommand) printAgents(out io.Writer, list admin.PresenceAgents) error {
	for _, a := range list.Agents {
		if len(a.Troubles) == 0 && !c.All {
			break
		}
		_, err := fmt.Fprintf(out, "%s (%s)  %s, %s\n", agentName(a.Agent), orDash(a.Agent.Username), standsAt(a.Centre, "Amazon Connect"),
			standsAt(a.Org, "Omni-Channel"))
		if err != nil {
			return err
		}
		for _, t := range a.Troubles {
			if _, err := fmt.Fprintf(out, "    %s\n", plain.Text(t.Text)); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(out, "Of %d agents %d need somebody.\n", list.Total, list.Needing)
	return err
}

func standsAt(s admin.PresenceStand, side string) string {
	if s.Value == "" {
		return side + " not known"
	}
	return side + " " + plain.Text(s.Value)
}

// printPresenceHistory tells of an agent's changes, the latest first.
func printPresenceHistory(out io.Writer, h admin.PresenceHistory) error {
	_, err := fmt.Fprintf(out, "%s: %s, %s\n", agentName(h.Agent.Agent), standsAt(h.Agent.Centre, "Amazon Connect"),
		standsAt(h.Agent.Org, "Omni-Channel"))
	if err != nil {
		return err
	}
	for _, t := range h.Agent.Troubles {
		if _, err := fmt.Fprintf(out, "    %s\n", plain.Text(t.Text)); err != nil {
			return err
		}
	}
	for _, c := range h.Changes {
		_, err := fmt.Fprintf(out, "%s  %-6s %s -> %s  %s\n", c.At.Local().Format(timeForPeople), plain.Text(c.Side), orDash(c.From),
			orDash(c.To), plain.Text(c.By.Text))
		if err != nil {
			return err
		}
	}
	return nil
}
