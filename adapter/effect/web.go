package effect

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/outbound"
)

// Web is what effects need to ask web services.
type Web interface {
	// Do asks one of the hosts. *outbound.Refusal for what is not asked or not answered.
	Do(ctx context.Context, hosts outbound.Hosts, r outbound.Request) (outbound.Response, error)
}

// web asks web services for a run. That one is asked something that must not be repeated is on disk before it is.
type web struct{ page *page }

var _ flow.HTTP = web{}

// Request asks a host on the list of the agent's adapter record.
func (w web) Request(ctx context.Context, effect flow.Effect, r flow.Request) (flow.Response, error) {
	x, p := w.page.flows, w.page
	repeatable := r.Method == "GET" || r.Method == "HEAD" || r.Method == "OPTIONS"
	if effect.Again && !repeatable {
		return flow.Response{}, flow.ErrUnknown
	}
	var hosts outbound.Hosts
	err := x.patiently(ctx, p.hand, func(ctx context.Context) (err error) {
		hosts, err = x.cfg.Hosts(ctx, p.hand.Run.User)
		return err
	})
	if err != nil {
		return flow.Response{}, fmt.Errorf("%w: %w", flow.ErrNotBegun, err)
	}
	if !repeatable {
		if err := p.begin(ctx, func(a agent.State) agent.State { return a }); err != nil {
			return flow.Response{}, err
		}
	}
	slow := x.cfg.Clock.AfterFunc(parkAfter, p.hand.Park)
	defer slow.Stop()
	answer, err := x.cfg.Web.Do(ctx, hosts, outbound.Request{
		Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body, Timeout: r.Timeout,
	})
	if refused, no := errors.AsType[*outbound.Refusal](err); no {
		return flow.Response{}, &flow.Refused{Reason: refused.Reason}
	}
	return flow.Response{Status: answer.Status, Header: answer.Header, Body: answer.Body}, err
}
