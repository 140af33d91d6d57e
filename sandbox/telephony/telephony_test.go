package telephony

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/telephony/tone"
)

func listen(t *testing.T) *Exchange {
	t.Helper()
	x, err := Listen(Config{SIP: "127.0.0.1:0", TURN: "127.0.0.1:0", Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return x
}

func within(t *testing.T, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		t.Fatalf("waited in vain: %s", what)
	}
}

func take(t *testing.T, x *Exchange) *Call {
	t.Helper()
	select {
	case c := <-x.Calls():
		return c
	case <-time.After(10 * time.Second):
		t.Fatal("no call came in")
		return nil
	}
}

// ear keeps what a leg hears.
type ear struct {
	mu      sync.Mutex
	codec   Codec
	samples []int16
	enough  chan struct{}
}

func hear(leg Leg) *ear {
	e := &ear{codec: leg.Codec(), enough: make(chan struct{})}
	leg.Receive(func(frame []byte) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if len(e.samples) > 2*rate {
			return
		}
		if e.samples = append(e.samples, Decode(e.codec, frame)...); len(e.samples) > 2*rate {
			close(e.enough)
		}
	})
	return e
}

func (e *ear) share(t *testing.T, hertz float64) float64 {
	t.Helper()
	within(t, "two seconds of sound", e.enough)
	e.mu.Lock()
	defer e.mu.Unlock()
	return tone.Share(e.samples, rate, hertz)
}

func TestACallBySIPCarriesSoundBothWays(t *testing.T) {
	leak.Check(t)
	ours, theirs := listen(t), listen(t)
	for _, codec := range []Codec{PCMU, PCMA} {
		t.Run(codec.String(), func(t *testing.T) {
			out, err := theirs.CallAt(t.Context(), ours.SIPAddr(), "+12065550100", "+12065550142", codec)
			if err != nil {
				t.Fatal(err)
			}
			in := take(t, ours)
			if in.From() != "+12065550142" || in.To() != "+12065550100" || in.Codec() != codec {
				t.Errorf("from %q to %q in %s", in.From(), in.To(), in.Codec())
			}
			if err := in.Ring(); err != nil {
				t.Fatal(err)
			}
			within(t, "ringing", out.Ringing())
			if err := in.Answer(t.Context()); err != nil {
				t.Fatal(err)
			}
			within(t, "answered", out.Answered())
			defer Play(in.Leg(), Tone(660))()
			defer Play(out.Leg(), Tone(1000))()
			caller, callee := hear(out.Leg()), hear(in.Leg())
			if share := caller.share(t, 660); share < 0.8 {
				t.Errorf("the caller hears %.2f of 660 Hz", share)
			}
			if share := callee.share(t, 1000); share < 0.8 {
				t.Errorf("the callee hears %.2f of 1000 Hz", share)
			}
			digit := make(chan byte, 8)
			in.Leg().Digits(func(d byte) { digit <- d })
			if err := SendDigits(t.Context(), out.Leg(), "5#"); err != nil {
				t.Fatal(err)
			}
			if a, b := <-digit, <-digit; a != '5' || b != '#' {
				t.Errorf("digits %c %c", a, b)
			}
			out.HangUp(Normal)
			within(t, "the end", in.Ended())
			if in.Cause() != Normal {
				t.Errorf("cause %s", in.Cause())
			}
		})
	}
}

func TestCallsEndWithTheRightCause(t *testing.T) {
	leak.Check(t)
	ours, theirs := listen(t), listen(t)
	place := func() (out, in *Call) {
		out, err := theirs.CallAt(t.Context(), ours.SIPAddr(), "+12065550100", "", PCMU)
		if err != nil {
			t.Fatal(err)
		}
		return out, take(t, ours)
	}
	for _, cause := range []Cause{Busy, Declined, NoAnswer, Unallocated} {
		t.Run("refused with "+cause.String(), func(t *testing.T) {
			out, in := place()
			in.HangUp(cause)
			within(t, "the end", out.Ended())
			if out.Cause().SIP != cause.SIP {
				t.Errorf("cause %s", out.Cause())
			}
		})
	}
	t.Run("a caller who gives up while it rings cancels", func(t *testing.T) {
		out, in := place()
		if in.From() != "" {
			t.Errorf("a withheld number arrives as %q", in.From())
		}
		if err := in.Ring(); err != nil {
			t.Fatal(err)
		}
		within(t, "ringing", out.Ringing())
		out.HangUp(Cancelled)
		within(t, "the end", in.Ended())
		if in.Cause() != Cancelled {
			t.Errorf("cause %s", in.Cause())
		}
	})
	t.Run("the callee hangs up", func(t *testing.T) {
		out, in := place()
		if err := in.Answer(t.Context()); err != nil {
			t.Fatal(err)
		}
		within(t, "answered", out.Answered())
		in.HangUp(Normal)
		within(t, "the end", out.Ended())
		if err := in.Answer(t.Context()); !errors.Is(err, ErrOver) {
			t.Errorf("answering a dead call: %v", err)
		}
	})
}

func TestRegisteredTelephonesAreReached(t *testing.T) {
	leak.Check(t)
	ours, theirs := listen(t), listen(t)
	if err := theirs.RegisterAt(t.Context(), ours.SIPAddr(), "+12065550177", 300); err != nil {
		t.Fatal(err)
	}
	out, err := ours.Dial(t.Context(), "12065550177", "+12065550100", PCMU)
	if err != nil {
		t.Fatal(err)
	}
	in := take(t, theirs)
	if err := in.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	within(t, "answered", out.Answered())
	out.HangUp(Normal)
	within(t, "the end", in.Ended())
	nobody, err := ours.Dial(t.Context(), "+12065550199", "", PCMU)
	if err != nil {
		t.Fatal(err)
	}
	within(t, "the end", nobody.Ended())
	if nobody.Cause() != Unallocated {
		t.Errorf("cause %s", nobody.Cause())
	}
	if _, err := ours.Dial(t.Context(), "not a number", "", PCMU); err == nil {
		t.Error("dialled words")
	}
}

// browser is the agent's end of WebRTC with relayed candidates only, as the published softphone library has it.
func browser(t *testing.T, x *Exchange) (*webrtc.PeerConnection, *webrtc.TrackLocalStaticRTP, Offer) {
	t.Helper()
	servers, err := x.TURNServers("agent")
	if err != nil {
		t.Fatal(err)
	}
	api, err := newAPI(PCMU, x.ip)
	if err != nil {
		t.Fatal(err)
	}
	pc, err := api.NewPeerConnection(webrtc.Configuration{ICETransportPolicy: webrtc.ICETransportPolicyRelay,
		ICEServers: []webrtc.ICEServer{{URLs: servers[0].URLs[:1], Username: servers[0].Username, Credential: servers[0].Credential}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pc.Close() })
	track, err := webrtc.NewTrackLocalStaticRTP(capability(PCMU), "audio", "agent")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pc.AddTrack(track); err != nil {
		t.Fatal(err)
	}
	description, err := pc.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(description); err != nil {
		t.Fatal(err)
	}
	<-gathered
	full := pc.LocalDescription().SDP
	offer := Offer{SDP: description.SDP, Codec: PCMU, Candidates: answerOf(full).Candidates}
	if len(offer.Candidates) == 0 || !strings.Contains(offer.Candidates[0].Candidate, "relay") {
		t.Fatalf("candidates %+v", offer.Candidates)
	}
	return pc, track, offer
}

func TestABrowserIsHeardThroughTheRelay(t *testing.T) {
	x := listen(t)
	pc, track, offer := browser(t, x)
	leg, answer, err := x.AnswerOffer(t.Context(), offer)
	if err != nil || len(answer.Candidates) == 0 {
		t.Fatalf("%d candidates, %v", len(answer.Candidates), err)
	}
	defer leg.Close()
	heard := &webRTCLeg{}
	e := hear(heard)
	pc.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { heard.read(remote) })
	if err := pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer.SDP}); err != nil {
		t.Fatal(err)
	}
	defer Play(leg, Tone(660))()
	agent := &webRTCLeg{pc: pc, track: track, packetizer: packetizer{clock: clock.System{}, codec: PCMU}}
	defer Play(agent, Tone(1000))()
	callee := hear(leg)
	if share := e.share(t, 660); share < 0.8 {
		t.Errorf("the browser hears %.2f of 660 Hz", share)
	}
	if share := callee.share(t, 1000); share < 0.8 {
		t.Errorf("the exchange hears %.2f of 1000 Hz", share)
	}
}

func TestG711(t *testing.T) {
	for _, codec := range []Codec{PCMU, PCMA} {
		for _, s := range []int16{0, 1, -1, 100, -100, 1000, -1000, 12345, -12345, 32767, -32768} {
			got := Decode(codec, Encode(codec, []int16{s}))[0]
			if diff := math.Abs(float64(got) - float64(s)); diff > 32+math.Abs(float64(s))/16 {
				t.Errorf("%s of %d is %d", codec, s, got)
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]string{"+1 (206) 555-0100": "+12065550100", "2065550100": "2065550100",
		"anonymous": "", "": "", "+": "", strings.Repeat("1", 40): "", "1;drop": ""} {
		if got := Number(in); got != want {
			t.Errorf("Number(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzReadSDP(f *testing.F) {
	f.Add([]byte("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0 " +
		"101\r\na=rtpmap:101 telephone-event/8000\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := readSDP(body)
		if err == nil && (o.codec != PCMU && o.codec != PCMA || o.addr == nil) {
			t.Fatalf("%+v", o)
		}
	})
}

func FuzzNumber(f *testing.F) {
	f.Add("+1 (206) 555-0100")
	f.Fuzz(func(t *testing.T, text string) {
		if n := Number(text); n != "" && Number(n) != n {
			t.Fatalf("%q gives %q, which gives %q", text, n, Number(n))
		}
	})
}
