package shadow

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Effect is something that a block does outside.
type Effect struct {
	Action flow.ActionID
	Block  string // its type
	Verb   Verb
	What   string         // on what it is done, for people; "" if With alone says it
	With   map[string]any // by which two of one verb are told apart
}

// Verb is what an effect does.
type Verb string

// The verbs.
const (
	Pop        Verb = "pop"
	Search     Verb = "search" // and pop what is found
	Dial       Verb = "dial"
	Create     Verb = "create"
	Update     Verb = "update"
	Request    Verb = "request"
	Attributes Verb = "attributes"
	Recording  Verb = "recording"
	Command    Verb = "command" // another one of the page's
)

// effects are what the steps of a run do outside, in their order.
func (d Draft) effects(ctx context.Context, steps []flow.Step, r Recorded) (all []Effect) {
	for i := range steps {
		s := &steps[i]
		b := d.blocks.Of(s.Type)
		if b == nil || !b.Place.Outside() {
			continue
		}
		in := flow.Given(s.Inputs)
		if b.Lacks(in) != "" {
			continue // it did not even begin
		}
		heard := &listener{block: b}
		_, _ = b.Run(ctx, flow.Call{In: in, Host: heard.host(), Contact: r.Event.Contact, Payload: r.Event.Payload,
			Country: r.Event.Country, Now: r.At, Effect: flow.Effect{Action: s.Place()}})
		if heard.effect != nil {
			heard.effect.Action = s.Place()
			all = append(all, *heard.effect)
		}
	}
	return all
}

// listener is a world that hears what a block asks of it, and does nothing.
type listener struct {
	block  *flow.Block
	asked  bool
	effect *Effect // nil for a question
}

var errHeard = errors.New("it was heard")

func (l *listener) host() flow.Host {
	return flow.Host{Page: heardPage{l}, CRM: heardCRM{l}, HTTP: heardWeb{l}, Centre: heardCentre{l},
		Properties: &properties{of: map[string]any{}}, Contacts: properties{}}
}

func (l *listener) does(verb Verb, what string, with map[string]any) error {
	if !l.asked {
		l.asked, l.effect = true, &Effect{Block: l.block.Type, Verb: verb, What: what, With: with}
	}
	return errHeard
}

func (l *listener) asks() error {
	l.asked = true
	return errHeard
}

type heardPage struct{ *listener }

func (h heardPage) SearchPop(_ context.Context, _ flow.Effect, s flow.SearchPop) (any, error) {
	if s.Deferred {
		return nil, h.asks()
	}
	with := map[string]any{"search": s.Search, "query": s.Query, "callType": s.CallType}
	for name, value := range s.Defaults {
		with["default "+name] = value
	}
	return nil, h.does(Search, s.Search, with)
}

func (h heardPage) Pop(_ context.Context, _ flow.Effect, recordID string) error {
	return h.does(Pop, recordID, map[string]any{"record": recordID})
}

func (h heardPage) Dial(_ context.Context, _ flow.Effect, d flow.Dial) error {
	return h.does(Dial, d.PhoneNumber, map[string]any{"number": d.PhoneNumber, "extension": d.Extension, "queue": d.QueueARN})
}

func (h heardPage) Log(context.Context, flow.Effect, flow.LogLine) error { return nil }

// questions are commands of the page that change nothing.
var questions = []string{"agent", "endpoints", "softphoneLayout", "appView", "ccpLogs"}

func (h heardPage) Do(_ context.Context, _ flow.Effect, c flow.Command) (any, error) {
	if slices.Contains(questions, c.Name) {
		return nil, h.asks()
	}
	with := map[string]any{"command": c.Name}
	for name, value := range c.Args {
		with[name] = value
	}
	return nil, h.does(Command, h.block.Label, with)
}

type heardCRM struct{ *listener }

func (h heardCRM) Create(_ context.Context, _ flow.Effect, object string, values map[string]any) (flow.Saved, error) {
	return flow.Saved{}, h.does(Create, object, values)
}

func (h heardCRM) Update(_ context.Context, _ flow.Effect, object, id string, values map[string]any) (flow.Saved, error) {
	return flow.Saved{}, h.does(Update, object+" "+id, values)
}

func (h heardCRM) Retrieve(context.Context, string, string, []string) (map[string]any, error) {
	return nil, h.asks()
}

func (h heardCRM) Query(context.Context, flow.Query) (flow.Rows, error) { return flow.Rows{}, h.asks() }

func (h heardCRM) FindByPhone(context.Context, flow.PhoneSearch) ([]string, error) {
	return nil, h.asks()
}

type heardWeb struct{ *listener }

func (h heardWeb) Request(_ context.Context, _ flow.Effect, r flow.Request) (flow.Response, error) {
	if r.Method == "GET" || r.Method == "HEAD" || r.Method == "OPTIONS" {
		return flow.Response{}, h.asks()
	}
	with := map[string]any{"method": r.Method, "url": r.URL, "body": r.Body}
	for name, value := range r.Header {
		with["header "+strings.ToLower(name)] = value
	}
	return flow.Response{}, h.does(Request, r.Method+" to "+whereOf(r.URL), with)
}

// whereOf is an address without its query, in which there may be anything.
func whereOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address"
	}
	return u.Scheme + "://" + u.Host + u.Path
}

type heardCentre struct{ *listener }

func (h heardCentre) UpdateAttributes(_ context.Context, _ flow.Effect, _ flow.Contact, attributes map[string]string) error {
	with := make(map[string]any, len(attributes))
	for name, value := range attributes {
		with[name] = value
	}
	return h.does(Attributes, "", with)
}

func (h heardCentre) Record(_ context.Context, _ flow.Effect, _ flow.Contact, on bool) error {
	what := "stop"
	if on {
		what = "start"
	}
	return h.does(Recording, what, map[string]any{"on": on})
}
