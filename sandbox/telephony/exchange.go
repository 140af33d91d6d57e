package telephony

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	maxCalls = 500 // at once
	backlog  = 64  // inbound calls that nobody has taken yet

	endWithin = time.Second // for calls that end together with the exchange
)

// Config says where the exchange listens.
type Config struct {
	SIP             string // host:port for UDP and TCP; port 0 takes a free one
	TURN            string // host:port for UDP and TCP; "" for no TURN server
	RTPLow, RTPHigh int    // ports for audio; 0 and 0 is any
	Clock           clock.Clock
	Log             *slog.Logger
	UserAgent       string // in SIP messages; "" is Patchcord
}

// Exchange is where calls come in and go out. It is safe for concurrent use.
type Exchange struct {
	cfg     Config
	ip      net.IP
	ua      *sipgo.UserAgent
	server  *sipgo.Server
	agent   sipgo.DialogUA
	udp     net.PacketConn
	tcp     net.Listener
	relay   *relay
	calls   chan *Call
	serving sync.WaitGroup
	alive   sync.WaitGroup // calls in live

	mu       sync.Mutex // guards what follows
	dialogs  map[dialogID]*dialog
	contacts map[string]contact // registered telephones, by number
	standing map[string]contact // telephones that need not register, by number
	live     map[*Call]struct{}
	closed   bool
}

// Listen opens every socket; Run serves them.
func Listen(cfg Config) (*Exchange, error) {
	quieten()
	host, _, err := net.SplitHostPort(cfg.SIP)
	if err != nil {
		return nil, fmt.Errorf("SIP address: %w", err)
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return nil, fmt.Errorf("SIP address %q: name an IP address", cfg.SIP)
	}
	x := &Exchange{cfg: cfg, ip: ip, calls: make(chan *Call, backlog), dialogs: map[dialogID]*dialog{},
		contacts: map[string]contact{}, standing: map[string]contact{}, live: map[*Call]struct{}{}}
	if err := x.open(); err != nil {
		return nil, errors.Join(err, x.closeSockets())
	}
	return x, nil
}

// quieten has the SIP library say nothing: what strangers send is no news, and may be private. Some of its parts know only a logger that
// the whole program shares.
var quieten = sync.OnceFunc(func() { sip.SetDefaultLogger(slog.New(slog.DiscardHandler)) })

func (x *Exchange) open() error {
	var err error
	if x.udp, x.tcp, err = listenBoth(x.cfg.SIP); err != nil {
		return fmt.Errorf("SIP: %w", err)
	}
	if x.cfg.TURN != "" {
		if x.relay, err = listenTURN(x.cfg.TURN); err != nil {
			return err
		}
	}
	name := x.cfg.UserAgent
	if name == "" {
		name = "Patchcord"
	}
	quiet := slog.New(slog.DiscardHandler)
	if x.ua, err = sipgo.NewUA(sipgo.WithUserAgent(name),
		sipgo.WithUserAgentTransportLayerOptions(sip.WithTransportLayerLogger(quiet)),
		sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerLogger(quiet))); err != nil {
		return fmt.Errorf("SIP: %w", err)
	}
	if x.server, err = sipgo.NewServer(x.ua, sipgo.WithServerLogger(quiet)); err != nil {
		return fmt.Errorf("SIP: %w", err)
	}
	port := x.udp.LocalAddr().(*net.UDPAddr).Port
	client, err := sipgo.NewClient(x.ua, sipgo.WithClientHostname(x.ip.String()), sipgo.WithClientPort(port), sipgo.WithClientLogger(quiet))
	if err != nil {
		return fmt.Errorf("SIP: %w", err)
	}
	here := sip.Uri{Scheme: "sip", User: "patchcord", Host: x.ip.String(), Port: port}
	x.agent = sipgo.DialogUA{Client: client, ContactHDR: sip.ContactHeader{Address: here}}
	x.server.OnInvite(x.onInvite)
	x.server.OnAck(x.onAck)
	x.server.OnBye(x.onBye)
	x.server.OnRegister(x.onRegister)
	x.server.OnCancel(x.onCancel)
	x.server.OnOptions(x.onOptions)
	x.server.OnNoRoute(x.onOther)
	return nil
}

// SIPAddr is where SIP is served.
func (x *Exchange) SIPAddr() string { return x.udp.LocalAddr().String() }

// Calls gives inbound calls. Whoever takes one answers it or hangs it up.
func (x *Exchange) Calls() <-chan *Call { return x.calls }

// TURNServers gives relayed candidates' servers with credentials for a user.
func (x *Exchange) TURNServers(user string) ([]ICEServer, error) {
	if x.relay == nil {
		return nil, errors.New("no TURN server")
	}
	return x.relay.servers(user)
}

// AnswerOffer answers a browser's offer; its audio flows once the two have found each other.
func (x *Exchange) AnswerOffer(ctx context.Context, o Offer) (BrowserLeg, Answer, error) {
	leg, answer, err := answerOffer(ctx, o, x.ip, x.cfg.Clock)
	if err != nil {
		return nil, Answer{}, err
	}
	return leg, answer, nil
}

// Run serves until ctx ends; then every call is ended and the sockets are closed.
func (x *Exchange) Run(ctx context.Context) error {
	failed := make(chan error, 2)
	x.serving.Go(func() { failed <- x.server.ServeUDP(x.udp) })
	x.serving.Go(func() { failed <- x.server.ServeTCP(x.tcp) })
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	x.mu.Lock()
	x.closed = true
	live := make([]*Call, 0, len(x.live))
	for c := range x.live {
		live = append(live, c)
	}
	x.mu.Unlock()
	var ending sync.WaitGroup
	for _, c := range live {
		ending.Go(func() { c.HangUp(Normal) })
	}
	ending.Wait()
	x.awaitEnds()
	_ = x.closeSockets()
	x.serving.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// awaitEnds lets those who end a call meanwhile use the sockets: one that is opened behind the end would stay open. Who never hears of the
// end holds nobody up for long.
func (x *Exchange) awaitEnds() {
	ended := make(chan struct{})
	x.serving.Go(func() {
		x.alive.Wait()
		close(ended)
	})
	timer := time.NewTimer(endWithin)
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C:
	}
}

func (x *Exchange) closeSockets() error {
	var all []io.Closer
	if x.ua != nil {
		all = append(all, x.ua)
	}
	if x.udp != nil {
		all = append(all, x.udp)
	}
	if x.tcp != nil {
		all = append(all, x.tcp)
	}
	for _, c := range all {
		_ = c.Close() // whichever came first closed the others too
	}
	if x.relay != nil {
		_ = x.relay.server.Close()
	}
	return nil
}

// enter counts a call in; false when there are too many, or the exchange is closing.
func (x *Exchange) enter(c *Call) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || len(x.live) >= maxCalls {
		return false
	}
	x.live[c] = struct{}{}
	x.alive.Add(1)
	return true
}

func (x *Exchange) leave(c *Call) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.live, c)
	x.alive.Done()
}

// offerCall hands an inbound call to whoever takes calls; false when nobody does in time.
func (x *Exchange) offerCall(c *Call) bool {
	select {
	case x.calls <- c:
		return true
	default:
		return false
	}
}

func notANumber(text string) error {
	return errors.New("not a telephone number: " + strconv.Quote(text[:min(len(text), 40)]))
}

// RingAt has numbers ring at an address whenever no telephone is registered for them.
func (x *Exchange) RingAt(address string, numbers ...string) error {
	for _, num := range numbers {
		uri, err := target(address, num)
		if err != nil {
			return err
		}
		x.mu.Lock()
		x.standing[num] = contact{uri: uri}
		x.mu.Unlock()
	}
	return nil
}

// reach is where the telephone of a number is: one that registered comes before one that always stands there.
func (x *Exchange) reach(num string) (contact, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for one, at := range x.contacts {
		if same(one, num) && at.expires.After(x.cfg.Clock.Now()) {
			return at, true
		}
	}
	for one, at := range x.standing {
		if same(one, num) {
			return at, true
		}
	}
	return contact{}, false
}

// Dial calls a number. Nobody there is a call that ends as Unallocated; text that is no number is an error.
func (x *Exchange) Dial(ctx context.Context, to, from string, codec Codec) (*Call, error) {
	if Number(to) == "" {
		return nil, notANumber(to)
	}
	if at, ok := x.reach(Number(to)); ok {
		return x.dialSIP(ctx, at, to, from, codec), nil
	}
	c := newCall(uuid.NewString(), from, to, false, codec, nil) // over before anybody could drive it
	c.finish(Unallocated, false)
	return c, nil
}
