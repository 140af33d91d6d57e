package voice

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
	"github.com/patchcord/patchcord/sandbox/telephony/tone"
)

const (
	number = "+12065550100"
	rate   = 8000
)

// floor is a contact centre with one available agent, and a telephone to call it with.
type floor struct {
	*testing.T
	centre *connect.Centre
	voice  *Voice
	clock  *clock.Fake // the centre's; audio runs by the wall clock
	ours   *telephony.Exchange
	theirs *telephony.Exchange
	agent  connect.AgentID
}

func exchange(t *testing.T) *telephony.Exchange {
	t.Helper()
	x, err := telephony.Listen(telephony.Config{SIP: "127.0.0.1:0", Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	run(t, x.Run)
	return x
}

func run(t *testing.T, f func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- f(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func newFloor(t *testing.T) *floor {
	t.Helper()
	n := 0
	var mu sync.Mutex
	ids := func() string { mu.Lock(); defer mu.Unlock(); n++; return fmt.Sprintf("id-%d", n) }
	log := slog.New(slog.DiscardHandler)
	d := &floor{T: t, clock: clock.NewFake(time.Unix(1_700_000_000, 0)), ours: exchange(t), theirs: exchange(t)}
	state := connect.NewInstance(connect.Instance{ID: "instance", Number: number}, []connect.User{{Username: "amelia"}}, ids, nil)
	d.agent = state.Users[0].ID
	d.centre = connect.New(connect.Config{Clock: d.clock, IDs: ids, Log: log, State: state})
	d.voice = New(d.centre, d.ours, log)
	run(t, d.voice.Run)
	if err := d.centre.SetState(d.agent, state.Statuses[0].ID, false); err != nil {
		t.Fatal(err)
	}
	return d
}

func within(t *testing.T, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("waited in vain: %s", what)
	}
}

// until waits for a snapshot of the agent that fits.
func (d *floor) until(what string, fits func(connect.Snapshot) bool) connect.Snapshot {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), 20*time.Second)
	defer cancel()
	s, err := d.centre.Snapshot(d.agent)
	for err == nil && !fits(s) && ctx.Err() == nil {
		s, err = d.centre.Wait(ctx, d.agent, s.Version)
	}
	if err != nil || !fits(s) {
		d.Fatalf("waited in vain: %s; %+v, %v", what, s, err)
	}
	return s
}

func is(state connect.ContactState) func(connect.Snapshot) bool {
	return func(s connect.Snapshot) bool { return len(s.Contacts) > 0 && s.Contacts[0].State == state }
}

// call rings at the agent.
func (d *floor) call(from string) (*telephony.Call, connect.ContactID) {
	d.Helper()
	out, err := d.theirs.CallAt(d.Context(), d.ours.SIPAddr(), number, from, telephony.PCMU)
	if err != nil {
		d.Fatal(err)
	}
	within(d.T, "answered", out.Answered())
	return out, d.until("ringing", is(connect.Connecting)).Contacts[0].ID
}

// tab is a browser's tab with the agent's audio, which sends a tone.
type tab struct {
	*floor
	pc    *webrtc.PeerConnection
	peer  string
	heard *ear
	up    chan struct{} // closed when audio flows
}

// open brings a tab's audio for a contact and waits until it flows.
func (d *floor) open(id connect.ContactID, hertz float64) *tab {
	d.Helper()
	t := d.invite(id, hertz)
	within(d.T, "audio", t.up)
	return t
}

func (d *floor) invite(id connect.ContactID, hertz float64) *tab {
	d.Helper()
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	media := &webrtc.MediaEngine{}
	if err := media.RegisterDefaultCodecs(); err != nil {
		d.Fatal(err)
	}
	pc, err := webrtc.NewAPI(webrtc.WithSettingEngine(settings), webrtc.WithMediaEngine(media)).NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		d.Fatal(err)
	}
	t := &tab{floor: d, pc: pc, heard: &ear{}, up: make(chan struct{})}
	d.Cleanup(func() { _ = pc.Close() })
	track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: rate}, "audio", "agent")
	if err != nil {
		d.Fatal(err)
	}
	if _, err := pc.AddTrack(track); err != nil {
		d.Fatal(err)
	}
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected {
			close(t.up)
		}
	})
	pc.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			p, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			t.heard.take(p.Payload)
		}
	})
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		d.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(offer); err != nil {
		d.Fatal(err)
	}
	<-gathered
	answer, peer, err := d.voice.Invite(d.Context(), d.agent, id, telephony.Offer{SDP: pc.LocalDescription().SDP})
	if err != nil {
		d.Fatal(err)
	}
	t.peer = peer
	if err := pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer.SDP}); err != nil {
		d.Fatal(err)
	}
	d.Cleanup(speak(track, telephony.Tone(hertz)))
	return t
}

// speak sends a source until stop.
func speak(track *webrtc.TrackLocalStaticRTP, s telephony.Source) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
				// a closed tab is silent
				_ = track.WriteRTP(&rtp.Packet{Header: rtp.Header{Version: 2, SequenceNumber: uint16(n),
					Timestamp: uint32(n * 160)}, Payload: s(telephony.PCMU, n)})
			case <-done:
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// ear keeps the last second of what is heard.
type ear struct {
	mu      sync.Mutex // guards both
	samples []int16
	more    chan struct{} // closed and replaced with every frame
}

func (e *ear) take(frame []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.samples = append(e.samples, telephony.Decode(telephony.PCMU, frame)...)
	e.samples = e.samples[max(0, len(e.samples)-rate):]
	if e.more != nil {
		close(e.more)
	}
	e.more = make(chan struct{})
}

// hears waits until a tone of some hertz makes up most of what is heard.
func (e *ear) hears(t *testing.T, who string, hertz float64) {
	t.Helper()
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	best := 0.0
	for {
		e.mu.Lock()
		share := 0.0
		if len(e.samples) == rate {
			share = tone.Share(e.samples, rate, hertz)
		}
		if e.more == nil {
			e.more = make(chan struct{})
		}
		more := e.more
		e.mu.Unlock()
		if best = max(best, share); share > 0.5 {
			return
		}
		select {
		case <-more:
		case <-limit.C:
			t.Fatalf("%s hears %.2f of %.0f Hz at best", who, best, hertz)
		}
	}
}

// listen hears what comes to a telephone.
func listen(c *telephony.Call) *ear {
	e := &ear{}
	c.Leg().Receive(e.take)
	return e
}
