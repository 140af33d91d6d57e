// Package phone is customers' handsets in browsers: a page with a dial pad, and for each open page a real SIP telephone that calls the
// trunk and registers with it. Audio passes between browser and call as the G.711 it is.
//
// Read first: Phones, Listen, handset. It knows telephones, not the contact centre that answers them.
package phone

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

const (
	maxHandsets = 50
	life        = 300 // seconds of a registration
	renewEvery  = 2 * time.Minute
)

// Config says whom handsets call and who may open one.
type Config struct {
	Trunk    string                                           // host:port of the SIP trunk; the host is an IP address
	Servers  func(user string) ([]telephony.ICEServer, error) // TURN for browsers
	Page     fs.FS                                            // the folder that sandbox/phone/page builds
	Origin   string                                           // of the page, such as http://localhost:8083; no other may open a socket
	Own, Far string                                           // numbers that a new handset calls from and to
	Answered []string                                         // numbers that are answered here when nobody else does
	Clock    clock.Clock
	Log      *slog.Logger
}

// Phones is every open handset. It is safe for concurrent use.
type Phones struct {
	cfg      Config
	exchange *telephony.Exchange // where the handsets' SIP telephones are
	ctx      context.Context     // ends with Run; sockets do not outlive it
	stop     context.CancelFunc
	changed  chan struct{} // a handset came, went, or has another number; one notice is enough for many
	open     sync.WaitGroup

	mu       sync.Mutex // guards what follows
	handsets map[*handset]place
	closed   bool
}

// place is where a handset can be called.
type place struct {
	number string // "" before it said
	told   bool   // that it is registered
}

// Listen opens the telephones' SIP sockets; Run serves.
func Listen(cfg Config) (*Phones, error) {
	host, _, err := net.SplitHostPort(cfg.Trunk)
	if err != nil {
		return nil, fmt.Errorf("trunk: %w", err)
	}
	exchange, err := telephony.Listen(telephony.Config{SIP: net.JoinHostPort(host, "0"), Clock: cfg.Clock, Log: cfg.Log,
		UserAgent: "Patchcord handset"})
	if err != nil {
		return nil, fmt.Errorf("handsets: %w", err)
	}
	p := &Phones{cfg: cfg, exchange: exchange, changed: make(chan struct{}, 1), handsets: map[*handset]place{}}
	p.ctx, p.stop = context.WithCancel(context.Background())
	return p, nil
}

// Addr is where the telephones' SIP is served: calls to the answered numbers go there.
func (p *Phones) Addr() string { return p.exchange.SIPAddr() }

// Run serves until ctx ends; then every handset hangs up, leaves the trunk, and its page is told.
func (p *Phones) Run(ctx context.Context) error {
	serving, hush := context.WithCancel(context.WithoutCancel(ctx))
	defer hush()
	ended := make(chan error, 1)
	go func() { ended <- p.exchange.Run(serving) }()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	registering := make(chan struct{})
	go func() {
		defer close(registering)
		p.register(ctx)
	}()
	var err error
	for running := true; running; {
		select {
		case c := <-p.exchange.Calls():
			p.arrive(c)
		case err = <-ended:
			running = false
			ended <- nil
		case <-ctx.Done():
			running = false
		}
	}
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.stop()
	p.open.Wait()
	stop()
	<-registering
	hush()
	return errors.Join(err, <-ended)
}

// arrive lets a call ring in every handset of its number. Where there is none, a customer whom nobody plays may answer.
func (p *Phones) arrive(c *telephony.Call) {
	if p.nobodyPlays(c) {
		p.open.Go(func() { p.answer(p.ctx, c) })
		return
	}
	why := telephony.NoAnswer
	k := &invitation{id: uuid.NewString(), call: c, pending: 1}
	p.mu.Lock()
	k.mu.Lock() // a quick handset waits until all are asked
	for h, at := range p.handsets {
		if at.number != "" && c.Calls(at.number) {
			select {
			case h.rung <- k:
				k.pending++
			default: // two calls in one moment: for the second it is busy
				why = telephony.Busy
			}
		}
	}
	k.mu.Unlock()
	p.mu.Unlock()
	k.refuse(why)
}

// enter counts a handset in, until its run ends; false when there are too many.
func (p *Phones) enter(h *handset) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.handsets) >= maxHandsets {
		return false
	}
	p.handsets[h] = place{}
	p.open.Add(1)
	return true
}

// leave counts a handset out; no call is put through to it from now on.
func (p *Phones) leave(h *handset) {
	p.mu.Lock()
	delete(p.handsets, h)
	p.mu.Unlock()
	p.notice()
}

// renumber gives a handset a number; it hears when it is registered.
func (p *Phones) renumber(h *handset, number string) {
	p.mu.Lock()
	if _, there := p.handsets[h]; there {
		p.handsets[h] = place{number: number}
	}
	p.mu.Unlock()
	p.notice()
}

func (p *Phones) number(h *handset) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.handsets[h].number
}

func (p *Phones) notice() {
	select {
	case p.changed <- struct{}{}:
	default:
	}
}
