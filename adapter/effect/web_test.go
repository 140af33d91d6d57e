package effect

import (
	"context"
	"errors"
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
)

// service is a web service that looks at the disk when it is asked.
type service struct {
	d     *drawer
	run   int64
	err   error
	asked int
	kept  string // steps on disk when it was asked
}

func (s *service) Do(ctx context.Context, hosts outbound.Hosts, _ outbound.Request) (outbound.Response, error) {
	s.asked++
	if len(hosts) != 1 {
		s.d.t.Errorf("asked with %v", hosts)
	}
	err := s.d.store.View(ctx, func(tx *store.Tx) error {
		r, err := tx.Run(s.run)
		s.kept = string(r.Body.Steps)
		return err
	})
	return outbound.Response{Status: 201}, errors.Join(s.err, err)
}

func TestWebServicesAreAskedOnce(t *testing.T) {
	for _, tc := range []struct {
		name, method string
		again        bool
		hostsErr     error
		err          error
		asked        int
		want         error // that it is or wraps
		kept         bool  // on disk before it is asked
	}{
		{"a question", "GET", false, nil, nil, 1, nil, false},
		{"a question again", "GET", true, nil, nil, 1, nil, false},
		{"an order", "POST", false, nil, nil, 1, nil, true},
		{"an order that may have been given", "POST", true, nil, nil, 0, flow.ErrUnknown, false},
		{"a list that cannot be read", "POST", false, errors.New("no CRM"), nil, 0, flow.ErrNotBegun, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDrawer(t)
			r := store.Run{User: "005A", Status: store.Waiting, Created: d.clock.Now()}
			if err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.AddRun(&r) }); err != nil {
				t.Fatal(err)
			}
			s := &service{d: d, run: r.ID, err: tc.err}
			d.flows.cfg.Web = s
			d.flows.cfg.Hosts = func(context.Context, string) (outbound.Hosts, error) { return outbound.Hosts{"a.example"}, tc.hostsErr }
			p := &page{flows: d.flows, hand: &run.Hand{Run: r}}
			if err := p.Begin(t.Context(), []flow.Step{{Action: "h", Open: true}}); err != nil {
				t.Fatal(err)
			}
			_, err := web{p}.Request(t.Context(), flow.Effect{Action: "h", Visit: 1, Again: tc.again}, flow.Request{Method: tc.method})
			if !errors.Is(err, tc.want) || s.asked != tc.asked || (s.kept != "") != tc.kept {
				t.Errorf("asked %d times, with %q on disk: %v", s.asked, s.kept, err)
			}
		})
	}
}

func TestAWebServicesNoIsTheBlocks(t *testing.T) {
	d := newDrawer(t)
	r := store.Run{User: "005A", Status: store.Waiting, Created: d.clock.Now()}
	if err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.AddRun(&r) }); err != nil {
		t.Fatal(err)
	}
	d.flows.cfg.Web = &service{d: d, run: r.ID, err: &outbound.Refusal{Reason: "not in the list"}}
	d.flows.cfg.Hosts = func(context.Context, string) (outbound.Hosts, error) { return outbound.Hosts{"a.example"}, nil }
	_, err := web{&page{flows: d.flows, hand: &run.Hand{Run: r}}}.Request(t.Context(), flow.Effect{}, flow.Request{Method: "GET"})
	if refused, ok := errors.AsType[*flow.Refused](err); !ok || refused.Reason != "not in the list" {
		t.Error(err)
	}
}
