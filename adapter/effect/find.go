package effect

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// SearchPop finds records and pops by the softphone layout.
func (p *page) SearchPop(ctx context.Context, effect flow.Effect, search flow.SearchPop) (any, error) {
	r := p.hand.Run
	ask := find.Ask{
		Text: search.Search, CallType: search.CallType, Country: r.Body.Country, Query: search.Query, Defaults: search.Defaults,
		SearchOnly: search.Deferred,
	}
	if c := r.Body.Fact.Contact; c != nil {
		ask.Caller = c.PhoneNumber
		if !c.Inbound {
			s := contact.New(r.User, r.Contact)
			err := p.flows.cfg.Store.View(ctx, func(tx *store.Tx) error { return tx.State(r.User, r.Contact, &s) })
			if err != nil {
				return nil, ours(err)
			}
			ask.ClickedRecord = s.DialledFrom
		}
	}
	found, err := find.Find(ctx, ask, &console{page: p, effect: effect}, p.crm())
	if err != nil && !search.Deferred {
		var record string
		if record, err = p.popped(ctx, effect, popPart, err); err == nil {
			found = find.Popped(record)
		}
	}
	if err != nil {
		return nil, err
	}
	if found.Cause != nil {
		p.flows.cfg.Log.WarnContext(ctx, "candidates not compared", "contact", r.Contact, "why", found.Reason.Code, "err", found.Cause)
	}
	if found.Record != "" {
		p.notePopped(found.Record)
	}
	p.hand.Run.Body.Note(searchOf(found, search.Deferred))
	p.tellCaller(found, ask.Caller == "")
	return found.Result(), nil
}

// crm is the org's API for a search, as the agent.
func (p *page) crm() find.CRM { return &crm{flows: p.flows, userID: p.hand.Run.User} }

// console is the agent's page for one search. Its commands are parts of one effect.
type console struct {
	page   *page
	effect flow.Effect
}

// popPart is the part of a search's effect that opens something.
const popPart = "|pop"

// Search is searchAndScreenPop, deferred.
func (c *console) Search(ctx context.Context, q find.Query) (json.RawMessage, error) {
	return c.page.ask(ctx, c.effect, "|search", wire.CommandBody{Type: "search", Search: &wire.Search{
		SearchParams: q.Text, QueryParams: q.Query, DefaultFieldValues: q.Defaults, CallType: q.CallType, Deferred: true,
	}})
}

// Layout is getSoftphoneLayout.
func (c *console) Layout(ctx context.Context) (json.RawMessage, error) {
	return c.page.ask(ctx, c.effect, "|layout", wire.CommandBody{Type: "softphoneLayout"})
}

// Pop is screenPop.
func (c *console) Pop(ctx context.Context, pop find.Pop) error {
	params, err := json.Marshal(pop.Params)
	if err != nil {
		return err
	}
	opens := &wire.ScreenPop{Type: pop.Type, Params: params}
	_, err = c.page.ask(ctx, c.effect, popPart, wire.CommandBody{Type: "screenPop", ScreenPop: opens})
	return err
}

// Choose offers records in the softphone.
func (c *console) Choose(ctx context.Context, matches []find.Candidate, total int, more bool) error {
	_, err := c.page.ask(ctx, c.effect, "|choose", wire.CommandBody{Type: "choose", Choose: &wire.Choose{
		ContactID: c.page.hand.Run.Contact, Matches: matchesOf(matches), Total: total, More: more,
	}})
	return err
}

// crm asks the org's API as one agent, for one search. What it cannot get is the search's to deal with: nobody waits for it.
type crm struct {
	flows  *Flows
	userID string
	spent  time.Duration // that this search has waited for the org
}

// askWithin bounds what a caller waits for the org, in all: what comes later is no use while it rings.
const askWithin = 5 * time.Second

func (c *crm) client(ctx context.Context) (client *salesforce.Client, limited context.Context, done func(), err error) {
	began := c.flows.cfg.Clock.Now()
	limited, cancel := context.WithTimeout(ctx, askWithin-c.spent)
	done = func() {
		cancel()
		c.spent += max(0, c.flows.cfg.Clock.Now().Sub(began))
	}
	if client, err = c.flows.cfg.Client(limited, c.userID); err != nil {
		done()
	}
	return client, limited, done, err
}

// Objects describes objects, each once an hour.
func (c *crm) Objects(ctx context.Context, names []string) ([]find.Object, error) {
	client, ctx, done, err := c.client(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var all []find.Object
	for _, name := range names {
		o, err := c.flows.objects.of(ctx, client, name)
		if salesforce.IsCode(err, "NOT_FOUND", "INVALID_TYPE") {
			continue // this agent may not see it
		}
		if err != nil {
			return nil, err
		}
		if o.searchable {
			all = append(all, o.Object)
		}
	}
	return all, nil
}

// Phones reads the phone fields of records: one request, whatever their objects.
func (c *crm) Phones(ctx context.Context, ids map[string][]string) (map[string][]string, error) {
	client, ctx, done, err := c.client(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var parts []salesforce.Part
	given := map[string]string{} // ids as they were given, by their first fifteen characters
	for name, some := range ids {
		o, err := c.flows.objects.of(ctx, client, name)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			given[salesforce.ShortID(id)] = id
		}
		if soql := phonesOf(o.Object, some); soql != "" {
			parts = append(parts, salesforce.Ask(name, soql))
		}
	}
	if len(parts) == 0 {
		return map[string][]string{}, nil
	}
	answers, err := client.Composite(ctx, salesforce.Composite{Parts: parts, Repeatable: true})
	if err != nil {
		return nil, err
	}
	phones := map[string][]string{}
	for _, part := range parts {
		var found struct {
			Records []map[string]any `json:"records"`
		}
		if err := answers.Into(part.Name, &found); err != nil {
			return nil, err
		}
		for _, record := range found.Records {
			id, _ := record["Id"].(string)
			for field, value := range record {
				if text, ok := value.(string); ok && field != "Id" {
					id := given[salesforce.ShortID(id)]
					phones[id] = append(phones[id], text)
				}
			}
		}
	}
	return phones, nil
}

// phonesOf asks for the phone fields of records; "" if their object has none.
func phonesOf(o find.Object, ids []string) string {
	if len(o.Phones) == 0 {
		return ""
	}
	fields, list := "Id", ""
	for _, f := range o.Phones {
		fields += ", " + f
	}
	for i, id := range ids {
		if i > 0 {
			list += ", "
		}
		list += salesforce.Quote(id)
	}
	return "SELECT " + fields + " FROM " + o.Name + " WHERE Id IN (" + list + ")"
}

// Search runs SOSL.
func (c *crm) Search(ctx context.Context, sosl string) (json.RawMessage, error) {
	client, ctx, done, err := c.client(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return client.Search(ctx, sosl)
}

// objects remembers what objects are like.
type objects struct {
	clock clock.Clock

	mu    sync.Mutex // guards known
	known map[string]object
}

type object struct {
	find.Object
	searchable             bool
	notCreated, notChanged map[string]bool // fields that cannot be written
	read                   time.Time
}

const (
	describedFor = time.Hour
	maxObjects   = 500
)

// of describes an object, as one user may see it. Fields that another user may not see are found out by the org's refusal of the question.
func (o *objects) of(ctx context.Context, client *salesforce.Client, name string) (object, error) {
	key := client.Session().UserID + "|" + name
	o.mu.Lock()
	known, ok := o.known[key]
	o.mu.Unlock()
	if ok && o.clock.Now().Sub(known.read) < describedFor {
		return known, nil
	}
	var d struct {
		Searchable bool
		Fields     []struct {
			Name, Type             string
			NameField              bool
			Createable, Updateable *bool // nil where the org does not say
		}
	}
	if err := client.Describe(ctx, name, &d); err != nil {
		return object{}, fmt.Errorf("describe %s: %w", name, err)
	}
	known = object{Object: find.Object{Name: name}, searchable: d.Searchable, read: o.clock.Now(),
		notCreated: map[string]bool{}, notChanged: map[string]bool{}}
	for _, f := range d.Fields {
		if f.Createable != nil && !*f.Createable {
			known.notCreated[f.Name] = true
		}
		if f.Updateable != nil && !*f.Updateable {
			known.notChanged[f.Name] = true
		}
		if f.Type == "phone" {
			known.Phones = append(known.Phones, f.Name)
		}
		if f.NameField {
			known.NameField = f.Name
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil || len(o.known) >= maxObjects {
		o.known = map[string]object{}
	}
	o.known[key] = known
	return known, nil
}
