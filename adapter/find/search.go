package find

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
)

// search is one search between the platform's answer and the decision.
type search struct {
	ask      Ask
	number   string // whole, if isNumber
	isNumber bool
	platform answer
	console  Console
	crm      CRM
}

// decide keeps of the platform's candidates those whose number agrees, searches deeper if none is left, and decides what happens.
func (s *search) decide(ctx context.Context) (Found, error) {
	all := s.platform.candidates
	if !s.isNumber {
		return s.asPlatformSays(Reason{}, nil), nil
	}
	kept := all
	if len(all) > 0 && !CanSkip(s.number, s.ask.Country) {
		if len(all) > maxCompared {
			return s.unfiltered(Reason{TooMany, []string{strconv.Itoa(len(all))}}, nil), nil
		}
		var err error
		if kept, err = s.filter(ctx, all); err != nil {
			if stop := cancelled(ctx); stop != nil {
				return Found{}, stop
			}
			return s.unfiltered(Reason{Code: Unfiltered}, err), nil
		}
	}
	switch {
	case len(kept) > 0 && len(kept) == len(all):
		return s.asPlatformSays(Reason{}, nil), nil
	case len(kept) > 0:
		layout, err := s.layout(ctx)
		return s.byLayout(layout, kept, s.left(len(kept)), nil), err
	}
	return s.deeper(ctx)
}

// deeper searches the layout's objects for the number's other forms, since nobody is left of what the platform found.
func (s *search) deeper(ctx context.Context) (Found, error) {
	layout, err := s.layout(ctx)
	if err != nil {
		return Found{}, err
	}
	found, cause := s.search(ctx, layout)
	if stop := cancelled(ctx); cause != nil && stop != nil {
		return Found{}, stop
	}
	reason := s.left(0)
	switch {
	case cause != nil:
		reason = Reason{Code: Unsearched}
	case len(found) > 0:
		reason = Reason{Code: Deeper}
	}
	if len(found) == 0 && len(s.platform.candidates) == 0 {
		return s.asPlatformSays(reason, cause), nil
	}
	return s.byLayout(layout, found, reason, cause), nil
}

// left says how many records were left out; nothing if none was.
func (s *search) left(kept int) Reason {
	if out := len(s.platform.candidates) - kept; out > 0 {
		return Reason{Filtered, []string{strconv.Itoa(out)}}
	}
	return Reason{}
}

func (s *search) layout(ctx context.Context) (Layout, error) {
	raw, err := s.console.Layout(ctx)
	if err != nil {
		return Layout{}, err
	}
	return ReadLayout(raw)
}

// filter reads the candidates' numbers in one call and keeps those who have the one that is searched.
func (s *search) filter(ctx context.Context, candidates []Candidate) ([]Candidate, error) {
	if s.crm == nil {
		return nil, errNoCRM
	}
	ids := map[string][]string{}
	for _, c := range candidates {
		ids[c.Object] = append(ids[c.Object], c.ID)
	}
	phones, err := s.crm.Phones(ctx, ids)
	if err != nil {
		return nil, err
	}
	compared := slices.Clone(candidates)
	for i := range compared {
		compared[i].Phones = phones[compared[i].ID]
	}
	return Filter(compared, s.number, s.ask.Country), nil
}

// search looks for the number in all its forms. Only whole numbers that agree count.
func (s *search) search(ctx context.Context, layout Layout) ([]Candidate, error) {
	if s.crm == nil {
		return nil, errNoCRM
	}
	names := layout.of(s.ask.CallType).Objects
	if len(names) == 0 {
		return nil, nil
	}
	objects, err := s.crm.Objects(ctx, names)
	if err != nil {
		return nil, err
	}
	return byPhone(s.number, s.ask.Country, objects, func(sosl string) (json.RawMessage, error) { return s.crm.Search(ctx, sosl) })
}

// ByPhone finds an object's records that have a number, whole, in one of its phone fields, by a search with SOSL. None for what is no
// whole number.
func ByPhone(text, country string, object Object, search func(sosl string) (json.RawMessage, error)) ([]Candidate, error) {
	return byPhone(text, country, []Object{object}, search)
}

func byPhone(text, country string, objects []Object, search func(sosl string) (json.RawMessage, error)) ([]Candidate, error) {
	sosl := SOSL(text, country, objects)
	if sosl == "" {
		return nil, nil
	}
	body, err := search(sosl)
	if err != nil {
		return nil, err
	}
	found, err := readSearch(body, objects)
	if err != nil {
		return nil, err
	}
	return Filter(found, text, country), nil
}

// asPlatformSays leaves the platform's own decision as it is: nothing was left out and nothing added. It pops for inbound calls only.
func (s *search) asPlatformSays(reason Reason, cause error) Found {
	all := s.platform.candidates
	d := nothing(all)
	if pop := s.platform.pop; pop != nil && isInbound(s.ask.CallType) {
		d = Decision{Kind: kindOf(*pop), Pop: pop}
	}
	return found(all, d, reason, cause)
}

// unfiltered offers what was found and pops nothing: it could be a stranger's.
func (s *search) unfiltered(reason Reason, cause error) Found {
	return found(s.platform.candidates, Decision{Kind: Choice}, reason, cause)
}

func (s *search) byLayout(l Layout, kept []Candidate, reason Reason, cause error) Found {
	with := With{Text: s.ask.Text, Query: s.ask.Query, Defaults: s.ask.Defaults}
	return found(kept, Decide(l, s.ask.CallType, kept, with), reason, cause)
}

// found takes more than are listed for a number that has an end somewhere: the platform does not say how many it leaves out.
func found(all []Candidate, d Decision, reason Reason, cause error) Found {
	return Found{Matches: all[:min(len(all), MaxMatches)], Total: len(all), More: len(all) > MaxMatches, Decision: d, Reason: reason,
		Cause: cause}
}

// count finds out how many records have the number where the platform may have left some out. It comes last: nothing that an agent sees
// waits for it.
func (s *search) count(ctx context.Context, f Found) Found {
	if !f.More || !s.isNumber {
		return f
	}
	layout, err := s.layout(ctx)
	if err != nil {
		return f
	}
	if all, err := s.search(ctx, layout); err == nil && len(all) >= f.Total {
		f.Total, f.More = len(all), len(all) >= mostFound
	}
	return f
}

// Result is what a flow sees of a search: the records by their ids, as the platform tells them, SCREEN_POP_DATA where something pops, and
// Id where exactly one record fits.
func (f Found) Result() map[string]any {
	out := make(map[string]any, len(f.Matches)+2)
	for _, c := range f.Matches {
		record := make(map[string]any, len(c.fields)+3)
		for name, value := range c.fields {
			if name != "attributes" {
				record[name] = value
			}
		}
		record["Id"], record["Name"], record["RecordType"] = c.ID, c.Name, c.Object
		out[c.ID] = record
	}
	if f.Total == 1 {
		out["Id"] = f.Matches[0].ID
	}
	if pop := f.Decision.Pop; pop != nil {
		out[popData] = map[string]any{"type": pop.Type, "params": pop.Params}
	}
	return out
}
