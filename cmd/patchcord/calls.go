package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/plain"
	"github.com/patchcord/patchcord/internal/secret"
)

type callsCommand struct {
	List   callsListCommand   `cmd:"" default:"withargs" help:"List calls, or tell all of one."`
	Forget callsForgetCommand `cmd:"" help:"Erase what the adapter keeps of a telephone number."`
}

// Help is shown by patchcord calls --help.
func (callsCommand) Help() string {
	return "Tells why each call popped or did not. It asks the running adapter: the one whose data folder a configuration names, else the\n" +
		"one running sandbox of this user; one elsewhere by --url, with a token from its pages."
}

// asked is which adapter is asked.
type asked struct {
	Config string        `help:"Whose adapter; the running sandbox's, else patchcord.yaml of this folder." placeholder:"FILE"`
	URL    string        `name:"url" help:"An adapter elsewhere, as in https://adapter.example.com." placeholder:"URL"`
	Token  secret.String `env:"PATCHCORD_TOKEN" help:"From the adapter's pages, for --url; better given as PATCHCORD_TOKEN." placeholder:"T"`
	Socket string        `help:"Socket in an adapter's data folder; to choose one of several." placeholder:"FILE"`
}

type callsListCommand struct {
	Contact string `arg:"" optional:"" help:"Contact id of one call."`
	Follow  bool   `short:"f" help:"Go on telling what changes."`
	Number  string `help:"Of the customer." placeholder:"+1…"`
	Agent   string `help:"A Salesforce user's id, or a user name of the contact centre."`
	Queue   string `help:"Its name."`
	Outcome string `help:"What became of the pop: popped, noMatch, several, notRun, failed, away, refused, waiting, givenUp or nothing."`
	Limit   int    `default:"50" help:"How many, up to 200."`
	Output  string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	asked
}

// followEvery is how often a followed list is asked for.
const followEvery = time.Second

// Run asks the adapter and tells what it says.
func (c callsListCommand) Run(e *env) error {
	ask, err := c.connect()
	if err != nil {
		return err
	}
	defer ask.close()
	if !c.Follow {
		_, err := c.tell(e, ask, seen{}, 0)
		return err
	}
	for known := (seen{}); ; {
		most := 0
		if len(known) == 0 {
			most = followFirst
		}
		if known, err = c.tell(e, ask, known, most); err != nil && e.ctx.Err() == nil {
			return err
		}
		if clock.Pause(e.ctx, clock.System{}, followEvery) != nil {
			return nil
		}
	}
}

// followFirst is how many calls a followed list begins with.
const followFirst = 10

// seen is what was told of calls, by contact and agent.
type seen map[string]string

// tell asks once and tells what was not told before; of the first answer at most so many, 0 for all.
func (c callsListCommand) tell(e *env, ask *asking, known seen, most int) (seen, error) {
	if c.Contact != "" {
		return c.tellOne(e, ask, known)
	}
	var list admin.CallList
	raw, err := ask.get(e.ctx, "calls?"+c.query().Encode(), &list)
	if err != nil {
		return known, err
	}
	if !c.Follow {
		if c.Output == "json" {
			return known, printJSON(e, raw)
		}
		if len(list.Calls) == 0 {
			_, err := fmt.Fprintln(e.stdout, "There is no such call.")
			return known, err
		}
		return known, printCalls(e.stdout, list.Calls)
	}
	now := seen{}
	var fresh []admin.Call
	for _, call := range list.Calls {
		key := call.ContactID + "|" + call.Agent.UserID
		now[key] = string(call.Outcome) + call.Phase + call.Why.Text
		if known[key] != now[key] && (most == 0 || len(fresh) < most) {
			fresh = append(fresh, call)
		}
	}
	slices.Reverse(fresh) // the latest last, as a log has it
	if c.Output == "text" {
		return now, printCalls(e.stdout, fresh)
	}
	for _, call := range fresh {
		line, err := json.Marshal(call)
		if err == nil {
			err = printJSON(e, line)
		}
		if err != nil {
			return now, err
		}
	}
	return now, nil
}

func (c callsListCommand) tellOne(e *env, ask *asking, known seen) (seen, error) {
	var detail admin.CallDetail
	raw, err := ask.get(e.ctx, "calls/"+url.PathEscape(c.Contact), &detail)
	if err != nil || known[c.Contact] == string(raw) {
		return known, err
	}
	now := seen{c.Contact: string(raw)}
	if c.Output == "json" {
		return now, printJSON(e, raw)
	}
	return now, printCall(e.stdout, detail)
}

func (c callsListCommand) query() url.Values {
	q := url.Values{"limit": {strconv.Itoa(c.Limit)}}
	for name, value := range map[string]string{"number": c.Number, "agent": c.Agent, "queue": c.Queue, "outcome": c.Outcome} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

type callsForgetCommand struct {
	Number string `arg:"" help:"The person's telephone number, as in +12065550142."`
	Output string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	asked
}

// Run has the adapter erase what it keeps of a number.
func (c callsForgetCommand) Run(e *env) error {
	ask, err := c.connect()
	if err != nil {
		return err
	}
	defer ask.close()
	done, err := c.forget(e.ctx, ask)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		raw, err := json.Marshal(done)
		if err != nil {
			return err
		}
		return printJSON(e, raw)
	}
	fmt.Fprintf(e.stdout, "Erased: %d calls, %d facts, %d runs.\n", done.Contacts, done.Facts, done.Runs)
	if done.Live > 0 {
		fmt.Fprintf(e.stdout, "Left: %d calls that are on; forget the number again when they have ended.\n", done.Live)
	}
	_, err = fmt.Fprintln(e.stdout, plain.Text(done.Stays))
	return err
}

// forget asks slice by slice until nothing is left.
func (c callsForgetCommand) forget(ctx context.Context, ask *asking) (all admin.Forgotten, err error) {
	for more := true; more; more = all.Next != "" {
		var done admin.Forgotten
		if _, err := ask.do(ctx, http.MethodPost, "forget", map[string]string{"number": c.Number, "next": all.Next}, &done); err != nil {
			return all, err
		}
		all.Contacts, all.Facts, all.Runs = all.Contacts+done.Contacts, all.Facts+done.Facts, all.Runs+done.Runs
		all.Live, all.Stays, all.Next = done.Live, done.Stays, done.Next
	}
	return all, nil
}

func printJSON(e *env, raw []byte) error {
	_, err := fmt.Fprintln(e.stdout, string(plain.JSON(raw)))
	return err
}

// errBoth is of a command line that names two adapters.
var errBoth = errors.New("choose one: --config or --socket for an adapter on this machine, or --url with a token")

// connect finds the adapter that is to be asked.
func (a asked) connect() (*asking, error) {
	switch {
	case a.URL != "" && a.Config+a.Socket != "", a.Config != "" && a.Socket != "":
		return nil, errBoth
	case a.URL != "":
		return askElsewhere(a.URL, a.Token)
	}
	file, err := a.socket(runtimeFolder())
	if err != nil {
		return nil, err
	}
	return askSocket(file), nil
}
