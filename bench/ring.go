package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

// agent is a person at the Service Console in Chromium.
type agent struct {
	program *program
	in      *bufio.Writer
	out     <-chan []byte
}

// said is one line of the script; times are epoch milliseconds.
type said struct {
	Did     string  `json:"did"`
	Error   string  `json:"error"`
	Painted float64 `json:"painted"`
	Clicked float64 `json:"clicked"`
	Heard   float64 `json:"heard"`
	Took    float64 `json:"took"`

	Told      float64 `json:"told"`      // the softphone to the adapter
	Commanded float64 `json:"commanded"` // the softphone by the adapter
	Own       float64 `json:"own"`       // milliseconds that the softphone waited for the adapter alone
}

const answerWithin = 60 * time.Second

// script is the file beside this one.
func script() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "console.mjs")
}

func newAgent(ctx context.Context, r ready) (*agent, error) {
	p, out, in, err := spawn(ctx, true, "node", script(), string(r.line))
	if err != nil {
		return nil, err
	}
	a := &agent{p, in, out}
	if _, err := a.does("signIn", nil); err != nil {
		p.stop()
		return nil, err
	}
	return a, nil
}

// tell gives an order; hear waits for what came of it.
func (a *agent) tell(do string, more map[string]string) error {
	m := map[string]string{"do": do}
	for k, v := range more {
		m[k] = v
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, _ = a.in.Write(append(body, '\n')) // Flush tells
	return a.in.Flush()
}

func (a *agent) hear(did string) (said, error) {
	var s said
	select {
	case line, ok := <-a.out:
		if !ok {
			return s, errors.New("the console's script ended: " + a.program.stderr.String())
		}
		if err := json.Unmarshal(line, &s); err != nil {
			return s, fmt.Errorf("the console's script said %.100q: %w", line, err)
		}
	case <-time.After(answerWithin):
		return s, fmt.Errorf("the console did not get as far as %q", did)
	}
	if s.Error != "" || s.Did != did {
		return s, fmt.Errorf("waiting for %q: the console's script said %q %s", did, s.Did, s.Error)
	}
	return s, nil
}

func (a *agent) does(do string, more map[string]string) (said, error) {
	if err := a.tell(do, more); err != nil {
		return said{}, err
	}
	return a.hear(do)
}

// trunk is a telephone that calls the instance.
type trunk struct {
	exchange *telephony.Exchange
	ready    ready
	ended    chan error
	stop     context.CancelFunc
}

func newTrunk(ctx context.Context, r ready) (*trunk, error) {
	x, err := telephony.Listen(telephony.Config{SIP: "127.0.0.1:0", Clock: systemClock, Log: silent, UserAgent: "Patchcord bench"})
	if err != nil {
		return nil, err
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	t := &trunk{x, r, make(chan error, 1), stop}
	go func() { t.ended <- x.Run(serving) }()
	return t, nil
}

func (t *trunk) close() {
	t.stop()
	<-t.ended
}

// call sends an INVITE; began is just before.
func (t *trunk) call(ctx context.Context, from string) (call *telephony.Call, began time.Time, err error) {
	began = time.Now()
	call, err = t.exchange.CallAt(ctx, strings.TrimPrefix(t.ready.SIP, "sip:"), t.ready.Number, from, telephony.PCMU)
	return call, began, err
}

const (
	callerTone = 660
	agentTone  = 1000
)

// share is how much of a frame's power lies at a frequency, 0 to 1 (Goertzel's algorithm).
func share(frame []int16, hertz float64) float64 {
	k := 2 * math.Cos(2*math.Pi*hertz/8000)
	var s1, s2, total float64
	for _, sample := range frame {
		x := float64(sample) / 32768
		s1, s2 = x+k*s1-s2, s1
		total += x * x
	}
	if total/float64(len(frame)) < 1e-5 {
		return 0
	}
	return (s1*s1 + s2*s2 - k*s1*s2) / (float64(len(frame)) / 2) / total
}

// hears tells when a frame is the agent's tone.
func hears(call *telephony.Call) <-chan time.Time {
	heard := make(chan time.Time, 1)
	codec := call.Codec()
	call.Leg().Receive(func(frame []byte) {
		if share(telephony.Decode(codec, frame), agentTone) < 0.5 {
			return
		}
		select {
		case heard <- time.Now():
		default:
		}
	})
	return heard
}

func since(began time.Time, epochMillis float64) time.Duration {
	return time.Duration(epochMillis*1e6) - time.Duration(began.UnixNano())
}

// ringing is what the calls of one size gave.
type ringing struct {
	painted, agentHears, callerHears, both []time.Duration
	told, commanded, popped                []time.Duration // the three parts of painted
	own                                    []time.Duration // the adapter's share
}

// ring calls the agent with the numbers of known contacts, and waits for each record to be painted and for audio both ways.
func (b bench) ring(ctx context.Context) ([]figure, error) {
	var figures []figure
	for _, contacts := range []int{b.few, b.contacts} {
		more, err := b.ringIn(ctx, contacts)
		figures = append(figures, more...)
		if err != nil {
			return figures, err
		}
	}
	return figures, nil
}

func (b bench) ringIn(ctx context.Context, contacts int) ([]figure, error) {
	data, _, err := b.filled(ctx, contacts)
	if err != nil {
		return nil, err
	}
	p, r, err := b.sandbox(ctx, "--data", data)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	username, password := r.user("agent")
	o, err := logIn(ctx, r.CRM, username, password)
	if err != nil {
		return nil, err
	}
	people, err := o.somebody(ctx, 4*(b.calls+1))
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(c contact) bool { return !isWhole(c.Phone) })
	people = people[:min(len(people), b.calls+1)]
	t, err := newTrunk(ctx, r)
	if err != nil {
		return nil, err
	}
	defer t.close()
	a, err := newAgent(ctx, r)
	if err != nil {
		return nil, err
	}
	defer a.program.stop()
	var loads []time.Duration
	for range min(b.calls, 10) {
		s, err := a.does("reload", nil)
		if err != nil {
			return nil, err
		}
		loads = append(loads, time.Duration(s.Took*1e6))
	}
	var got ringing
	for i, c := range people {
		if err := oneCall(ctx, a, t, c, &got); err != nil {
			return nil, fmt.Errorf("call %d, of %s (%s): %w", i, c.Name, c.Phone, err)
		}
		if i == 0 {
			got = ringing{} // the first call warms what every agent has warm after his first
		}
	}
	if b.screenshot != "" {
		if _, err := a.does("screenshot", map[string]string{"path": b.screenshot}); err != nil {
			return nil, err
		}
	}
	in := fmt.Sprintf(", %d contacts", contacts)
	return []figure{
		milliseconds("first ring → painted record"+in, got.painted).within("p95", 120),
		milliseconds("… of it: ring → softphone's event", got.told),
		milliseconds("… of it: event → adapter's command", got.commanded),
		milliseconds("… of it: command → painted", got.popped),
		milliseconds("event told → command to pop, without what the console does itself"+in, got.own).within("p95", 15),
		milliseconds("answer → two-way audio"+in, got.both).within("p99", 150),
		milliseconds("answer → caller hears the agent"+in, got.callerHears),
		milliseconds("answer → agent hears the caller"+in, got.agentHears),
		milliseconds("page load → first event handled"+in, loads).within("p95", 2000),
	}, nil
}

// oneCall is a call from its INVITE to the agent being available again.
func oneCall(ctx context.Context, a *agent, t *trunk, c contact, got *ringing) error {
	if err := a.tell("watch", map[string]string{"id": c.ID[:15], "name": c.Name}); err != nil {
		return err
	}
	if _, err := a.hear("watching"); err != nil {
		return err
	}
	call, began, err := t.call(ctx, e164(c.Phone))
	if err != nil {
		return err
	}
	defer call.HangUp(telephony.Normal)
	seen, err := a.hear("watch")
	if err != nil {
		return err
	}
	select {
	case <-call.Answered():
	case <-call.Ended():
		return errors.New("the call ended: " + call.Cause().String())
	}
	defer telephony.Play(call.Leg(), telephony.Tone(callerTone))()
	heard := hears(call)
	audio, err := a.does("accept", nil)
	if err != nil {
		return err
	}
	clicked := time.UnixMicro(int64(audio.Clicked * 1000))
	var there time.Time
	select {
	case there = <-heard:
	case <-time.After(answerWithin):
		return errors.New("the caller did not hear the agent")
	}
	call.HangUp(telephony.Normal)
	got.painted = append(got.painted, since(began, seen.Painted))
	got.told = append(got.told, since(began, seen.Told))
	got.commanded = append(got.commanded, time.Duration((seen.Commanded-seen.Told)*1e6))
	got.own = append(got.own, time.Duration(seen.Own*1e6))
	got.popped = append(got.popped, time.Duration((seen.Painted-seen.Commanded)*1e6))
	got.agentHears = append(got.agentHears, since(clicked, audio.Heard))
	got.callerHears = append(got.callerHears, there.Sub(clicked))
	got.both = append(got.both, max(since(clicked, audio.Heard), there.Sub(clicked)))
	_, err = a.does("clear", nil)
	return err
}

// isWhole says whether the org, which is in the United States, knows from how a number is written who calls: nobody pops for one of
// another country that is written as at home there.
func isWhole(written string) bool {
	return strings.HasPrefix(written, "+") || !strings.HasPrefix(strings.TrimPrefix(written, "("), "0")
}

// e164 is what a carrier sends for a number as it is written in the org.
func e164(written string) string {
	d := digits(written)
	switch {
	case strings.HasPrefix(written, "+"):
		return "+" + d
	case strings.HasPrefix(written, "(0"):
		return "+61" + d[1:]
	case strings.HasPrefix(written, "0") && len(d) == 11:
		return "+44" + d[1:]
	case strings.HasPrefix(written, "0"):
		return "+33" + d[1:]
	case len(d) == 11:
		return "+" + d
	}
	return "+1" + d
}

// invite measures from the INVITE to the 180, with nobody signed in: callers wait in the queue.
func (b bench) invite(ctx context.Context) ([]figure, error) {
	p, r, err := b.sandbox(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	t, err := newTrunk(ctx, r)
	if err != nil {
		return nil, err
	}
	defer t.close()
	var rang, answered []time.Duration
	for i := range b.invites {
		call, began, err := t.call(ctx, fmt.Sprintf("+1206556%04d", i))
		if err != nil {
			return nil, err
		}
		for _, step := range []struct {
			reached <-chan struct{}
			took    *[]time.Duration
		}{{call.Ringing(), &rang}, {call.Answered(), &answered}} {
			select {
			case <-step.reached:
				*step.took = append(*step.took, time.Since(began))
			case <-call.Ended():
				return nil, fmt.Errorf("call %d ended: %s", i, call.Cause())
			case <-time.After(answerWithin):
				return nil, fmt.Errorf("call %d: no answer of the trunk", i)
			}
		}
		call.HangUp(telephony.Normal)
		<-call.Ended()
	}
	return []figure{
		milliseconds("INVITE → 180", rang).within("p99", 50),
		milliseconds("INVITE → 200, as the service answers", answered),
	}, nil
}
