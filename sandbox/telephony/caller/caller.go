// Package caller is a telephone for trying things: it calls a number by SIP, or registers and answers, plays a sound and records what
// it hears.
//
// Read first: Run, Config, Result. It knows no contact centre.
package caller

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// ErrNobody means that nothing at the exchange's address speaks SIP.
var ErrNobody = errors.New("nobody answers by SIP")

// Config is one call.
type Config struct {
	SIP      string // host:port of the exchange
	To, From string
	WAV      string // what to play; "" is a soft tone
	Record   string // where to write what is heard; "" for nowhere
	DTMF     string // keys to press once connected
	Duration time.Duration
	Answer   bool // register From and wait for a call instead of placing one
}

// Event is a step of the call as people read it.
type Event struct {
	Name   string // registered, trying, ringing, answered, digit, ended
	Detail string
}

// Result is how it went.
type Result struct {
	Answered bool
	Cause    telephony.Cause
	Heard    int // frames of 20 ms
}

// Run makes the call and returns when it is over; the end of ctx hangs up.
func Run(ctx context.Context, cfg Config, told func(Event)) (Result, error) {
	host, _, err := net.SplitHostPort(cfg.SIP)
	if err != nil {
		return Result{}, fmt.Errorf("SIP address %q: %w", cfg.SIP, err)
	}
	sound := telephony.Tone(440)
	if cfg.WAV != "" {
		if sound, err = load(cfg.WAV); err != nil {
			return Result{}, err
		}
	}
	x, err := telephony.Listen(telephony.Config{SIP: net.JoinHostPort(loopbackFor(host), "0"), Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler), UserAgent: "Patchcord call"})
	if err != nil {
		return Result{}, err
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- x.Run(serving) }()
	defer func() {
		stop()
		<-ended
	}()
	ctx, hangUp := context.WithCancelCause(ctx)
	var knocking sync.WaitGroup
	defer knocking.Wait()
	defer hangUp(nil)
	knocking.Go(func() { knock(ctx, cfg.SIP, hangUp) })
	call, err := place(ctx, x, cfg, told)
	if err != nil {
		return Result{}, nobody(ctx, cfg, leave(ctx, x, cfg, err))
	}
	result, err := talk(ctx, call, cfg, sound, told)
	err = leave(ctx, x, cfg, err)
	if !result.Answered && (result.Cause == telephony.Silent || errors.Is(context.Cause(ctx), ErrNobody)) {
		return result, nobody(ctx, cfg, ErrNobody)
	}
	return result, err
}

// nobody says which port is silent, if that is what is behind an error.
func nobody(ctx context.Context, cfg Config, err error) error {
	var wait net.Error
	silent := errors.Is(err, ErrNobody) || errors.Is(context.Cause(ctx), ErrNobody) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &wait) && wait.Timeout()
	if !silent || ctx.Err() != nil && !errors.Is(context.Cause(ctx), ErrNobody) {
		return err
	}
	return fmt.Errorf("%w at %s", ErrNobody, cfg.SIP)
}

// knock tells at once when nobody listens at an address. Only a connected socket hears of that by ICMP; without it SIP waits for half a
// minute. What it sends is a keep-alive, which SIP passes over. Source: RFC 5626 §3.5.1.
func knock(ctx context.Context, address string, nobody func(error)) {
	conn, err := net.Dial("udp", address)
	if err != nil {
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if _, err = conn.Write([]byte("\r\n\r\n")); err == nil {
		_, err = conn.Read(make([]byte, 64))
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		nobody(ErrNobody)
	}
}

// loopbackFor is the address to listen on so that the exchange can reach us.
func loopbackFor(host string) string {
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return "127.0.0.1"
	}
	conn, err := net.Dial("udp", net.JoinHostPort(host, "9"))
	if err != nil {
		return "127.0.0.1"
	}
	defer conn.Close()
	local, _, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		return "127.0.0.1"
	}
	return local
}

// place gets a call: by calling, or by waiting to be called.
func place(ctx context.Context, x *telephony.Exchange, cfg Config, told func(Event)) (*telephony.Call, error) {
	if !cfg.Answer {
		told(Event{"trying", cfg.To})
		return x.CallAt(ctx, cfg.SIP, cfg.To, cfg.From, telephony.PCMU)
	}
	if err := x.RegisterAt(ctx, cfg.SIP, cfg.From, 300); err != nil {
		return nil, err
	}
	told(Event{"registered", cfg.From})
	renew := time.NewTicker(2 * time.Minute)
	defer renew.Stop()
	for {
		select {
		case call := <-x.Calls():
			told(Event{"ringing", call.From()})
			if err := call.Ring(); err != nil {
				return nil, err
			}
			if err := call.Answer(ctx); !errors.Is(err, telephony.ErrOver) { // else the caller is gone already, which the call tells
				return call, err
			}
			return call, nil
		case <-renew.C:
			if err := x.RegisterAt(ctx, cfg.SIP, cfg.From, 300); err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, errors.New("nobody called")
		}
	}
}

// leave takes a telephone that answers away, however its call went and also after the end of ctx: the next call would find nobody here.
func leave(ctx context.Context, x *telephony.Exchange, cfg Config, err error) error {
	if !cfg.Answer {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return errors.Join(err, x.RegisterAt(ctx, cfg.SIP, cfg.From, 0))
}

// answeredBy says what an answer means: by SIP a contact centre's queue and its agents are one party, so that nobody can tell when the
// music ends and an agent speaks.
func answeredBy(cfg Config, codec telephony.Codec) string {
	if cfg.Answer {
		return codec.String()
	}
	return "by the far end, in " + codec.String() + ": a queue's music answers too, before anybody speaks"
}

// talk follows the call to its end.
func talk(ctx context.Context, call *telephony.Call, cfg Config, sound telephony.Source, told func(Event)) (Result, error) {
	if !cfg.Answer {
		select {
		case <-call.Ringing():
			select {
			case <-call.Answered():
			default:
				told(Event{"ringing", call.To()})
			}
		case <-call.Ended():
		case <-ctx.Done():
			call.HangUp(telephony.Cancelled)
		}
		select {
		case <-call.Answered():
		case <-call.Ended():
		case <-ctx.Done():
			call.HangUp(telephony.Cancelled)
		}
	}
	select {
	case <-call.Answered():
	default:
		<-call.Ended()
		if call.Cause() != telephony.Silent && !errors.Is(context.Cause(ctx), ErrNobody) {
			told(Event{"ended", call.Cause().String()})
		}
		return Result{Cause: call.Cause()}, nil
	}
	told(Event{"answered", answeredBy(cfg, call.Codec())})
	heard := &recorder{codec: call.Codec()}
	leg := call.Leg()
	leg.Receive(heard.take)
	leg.Digits(func(d byte) { told(Event{"digit", string(d)}) })
	stop := telephony.Play(leg, sound)
	defer stop()
	if cfg.DTMF != "" {
		if err := telephony.SendDigits(ctx, leg, cfg.DTMF); err != nil && ctx.Err() == nil {
			return Result{Answered: true}, err
		}
	}
	over := make(<-chan time.Time)
	if cfg.Duration > 0 {
		timer := time.NewTimer(cfg.Duration)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-call.Ended():
	case <-over:
		call.HangUp(telephony.Normal)
	case <-ctx.Done():
		call.HangUp(telephony.Normal)
	}
	<-call.Ended()
	told(Event{"ended", call.Cause().String()})
	result := Result{Answered: true, Cause: call.Cause(), Heard: heard.frames()}
	if cfg.Record == "" {
		return result, nil
	}
	return result, heard.save(cfg.Record)
}

// recorder keeps what is heard, an hour at most.
type recorder struct {
	codec telephony.Codec

	mu      sync.Mutex // guards samples and n
	samples []int16
	n       int
}

const maxSamples = 3600 * 8000

func (r *recorder) take(frame []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if len(r.samples) < maxSamples {
		r.samples = append(r.samples, telephony.Decode(r.codec, frame)...)
	}
}

func (r *recorder) frames() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}

func (r *recorder) save(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return os.WriteFile(name, WAV(r.samples), 0o600)
}
