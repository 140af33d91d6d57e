package phone

import (
	"context"
	"time"
)

// register keeps the handsets' numbers at the trunk until ctx ends, and then takes them away.
func (p *Phones) register(ctx context.Context) {
	known := map[string]bool{}
	renew := time.NewTicker(renewEvery)
	defer renew.Stop()
	for {
		select {
		case <-ctx.Done():
			away := context.WithoutCancel(ctx)
			for number := range known {
				p.unregister(away, number)
			}
			return
		case <-renew.C:
			p.keep(ctx, known, true)
		case <-p.changed:
			p.keep(ctx, known, false)
		}
	}
}

// keep brings the trunk to what the handsets want; all says to renew what is known too.
func (p *Phones) keep(ctx context.Context, known map[string]bool, all bool) {
	wanted := p.numbers()
	for number := range wanted {
		if known[number] && !all {
			p.told(number, true)
			continue
		}
		err := p.exchange.RegisterAt(ctx, p.cfg.Trunk, number, life)
		if err != nil {
			p.cfg.Log.Warn("handset not registered", "number", number, "err", err)
			delete(known, number)
		} else {
			known[number] = true
		}
		p.told(number, err == nil)
	}
	for number := range known {
		if !wanted[number] {
			p.unregister(ctx, number)
			delete(known, number)
		}
	}
}

func (p *Phones) unregister(ctx context.Context, number string) {
	if err := p.exchange.RegisterAt(ctx, p.cfg.Trunk, number, 0); err != nil {
		p.cfg.Log.Warn("handset not taken from the trunk", "number", number, "err", err) // it ends by itself
	}
}

func (p *Phones) numbers() map[string]bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := map[string]bool{}
	for _, at := range p.handsets {
		if at.number != "" {
			all[at.number] = true
		}
	}
	return all
}

// told tells the handsets of a number how it stands, once each time it changes.
func (p *Phones) told(number string, reachable bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for h, at := range p.handsets {
		if at.number == number && (at.told != reachable || !reachable) {
			p.handsets[h] = place{number, reachable}
			h.tell(registered{"registered", number, reachable})
		}
	}
}
