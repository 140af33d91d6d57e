// Package find finds the records of who calls, and decides what pops.
//
// Read first: Find, Decide, Filter. The platform searches, by the softphone layout; what it found is believed only if the whole number
// agrees, because the platform compares the last digits. It knows no socket, no flow and no client: Console and CRM are what it asks.
package find

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/number"
)

// Ask is what is to be found.
type Ask struct {
	Text     string // what is searched: mostly a number in some form
	Caller   string // the contact's number as it was delivered; "" if it is withheld or there is no contact
	CallType string // inbound, outbound or internal
	Country  string // ISO 3166 code with which numbers without a country code are read
	Query    string // passed on to a Visualforce page
	Defaults map[string]string
	// ClickedRecord is the record on which the number of an outbound contact was clicked: the agent has it open, and nothing else pops.
	ClickedRecord string
	// SearchOnly pops nothing and offers nothing.
	SearchOnly bool
}

// Found is what a search came to.
type Found struct {
	Record   string      // the one record that popped, or was clicked; else ""
	Matches  []Candidate // at most MaxMatches
	Total    int         // how many there are
	More     bool        // there may be more than Total
	Decision Decision
	// OfCaller says that it was the caller's own number that was searched for, if there is one: what came of it says who calls.
	OfCaller bool
	Reason   Reason // why it is not simply what the platform says; zero if it is
	Cause    error  // why the CRM could not be asked, for the log
}

// Popped is of a search of which only the record is known that popped.
func Popped(record string) Found {
	all := []Candidate{{ID: record, Object: objectOf(record)}}
	popped := found(all, Decision{Kind: Record, Pop: &Pop{"SOBJECT", map[string]any{"recordId": record}}}, Reason{}, nil)
	popped.Record = record
	return popped
}

// MaxMatches is how many records are listed.
const MaxMatches = 20

// Reason is a code with arguments.
type Reason struct {
	Code string
	Args []string
}

// The reasons.
const (
	Clicked    = "find.clicked"    // nothing pops: the agent clicked the number on a record
	Filtered   = "find.filtered"   // records were left out, since their numbers differ; argument: how many
	Deeper     = "find.deeper"     // the platform found nobody, the numbers' other forms did
	Unfiltered = "find.unfiltered" // the CRM did not tell the numbers: nothing pops by itself
	Unsearched = "find.unsearched" // the CRM could not be searched for the number's other forms
	TooMany    = "find.tooMany"    // there are too many to compare; argument: how many
)

// Query is a search that pops nothing.
type Query struct {
	Text, Query, CallType string
	Defaults              map[string]string
}

// Console is what is asked of the agent's page. An error ends the search: it can be repeated whole.
type Console interface {
	// Search is searchAndScreenPop, deferred; its answer as the platform gives it.
	Search(ctx context.Context, q Query) (json.RawMessage, error)
	// Layout is getSoftphoneLayout; its answer as the platform gives it.
	Layout(ctx context.Context) (json.RawMessage, error)
	Pop(ctx context.Context, p Pop) error
	// Choose offers records to choose from; total may be more, and with more nobody knows yet how many there are.
	Choose(ctx context.Context, matches []Candidate, total int, more bool) error
}

// CRM is what is asked of the org's API. An error means that it cannot be reached, or says no.
type CRM interface {
	// Objects describes objects, from what is remembered of them; those that cannot be searched are left out.
	Objects(ctx context.Context, names []string) ([]Object, error)
	// Phones reads the telephone numbers of records in one call: ids by object, numbers by id as it was given.
	Phones(ctx context.Context, ids map[string][]string) (map[string][]string, error)
	// Search runs a SOSL search; the answer is the REST API's.
	Search(ctx context.Context, sosl string) (json.RawMessage, error)
}

// maxCompared is how many records' numbers are read in one call. Source: REST API guide, collections: 200 records.
const maxCompared = 200

// Find searches, decides and pops. crm may be nil: it is not reached then. A caller whose own long number is found costs two round
// trips to the page and none to the CRM.
func Find(ctx context.Context, ask Ask, console Console, crm CRM) (Found, error) {
	if ask.ClickedRecord != "" {
		return Found{Record: ask.ClickedRecord, Decision: Decision{Kind: Nothing}, Reason: Reason{Code: Clicked}}, nil
	}
	if strings.TrimSpace(ask.Text) == "" {
		return Found{Decision: Decision{Kind: Nothing}, OfCaller: ask.Caller == ""}, nil
	}
	s := search{ask: ask, console: console, crm: crm}
	s.number, s.isNumber = ask.number()
	raw, err := console.Search(ctx, Query{ask.Text, ask.Query, ask.CallType, ask.Defaults})
	if err != nil {
		return Found{}, err
	}
	if s.platform, err = readAnswer(raw); err != nil {
		return Found{}, err
	}
	found, err := s.decide(ctx)
	found.OfCaller = s.isNumber && ask.Caller != "" && (s.number == ask.Caller || Same(s.number, ask.Caller, ask.Country))
	if err != nil || ask.SearchOnly {
		return found, err
	}
	switch {
	case found.Decision.Pop != nil:
		if err := console.Pop(ctx, *found.Decision.Pop); err != nil {
			return Found{}, err
		}
		found.Record = found.Decision.record()
	case found.Decision.Kind == Choice:
		if err := console.Choose(ctx, found.Matches, found.Total, found.More); err != nil {
			return Found{}, err
		}
	}
	return s.count(ctx, found), nil
}

// number is the whole number that is searched; false for text that is none. A flow searches by the caller's national number, which alone
// would be read as one of the org's country.
func (a Ask) number() (string, bool) {
	text := strings.TrimSpace(a.Text)
	if !number.IsBare(text) {
		return "", false
	}
	for _, form := range Forms(a.Caller, a.Country) {
		if digits(form) == digits(text) {
			return a.Caller, true
		}
	}
	// Eight digits may be a case's number: they count as a telephone number only if their country has given it out.
	n, ok := number.Parse(text, a.Country)
	return text, ok && (n.Valid() || strings.HasPrefix(text, "+"))
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

var errNoCRM = errors.New("there is no CRM to ask")

// cancelled tells the end of ctx from a CRM that fails: the first ends the search.
func cancelled(ctx context.Context) error {
	if ctx.Err() != nil {
		return fmt.Errorf("search: %w", context.Cause(ctx))
	}
	return nil
}
