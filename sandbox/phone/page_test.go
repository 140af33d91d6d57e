package phone

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/telephony"
	"github.com/patchcord/patchcord/sandbox/telephony/tone"
)

const (
	own = "+12065550142"
	far = "+12065550100"
)

// house is a trunk, and handsets that call through it.
type house struct {
	trunk  *telephony.Exchange
	phones *Phones
	server *httptest.Server
	end    func() // of the handsets; returns when they have ended
}

func build(t *testing.T, answered ...string) *house {
	t.Helper()
	b := &house{}
	log := slog.New(slog.DiscardHandler)
	var err error
	if b.trunk, err = telephony.Listen(telephony.Config{SIP: "127.0.0.1:0", TURN: "127.0.0.1:0", Clock: clock.System{},
		Log: log}); err != nil {
		t.Fatal(err)
	}
	run(t, b.trunk.Run)
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.phones.Handler().ServeHTTP(w, r) }))
	t.Cleanup(b.server.Close)
	page := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/a.js": {Data: []byte("1")}}
	if b.phones, err = Listen(Config{Trunk: b.trunk.SIPAddr(), Servers: b.trunk.TURNServers, Page: page,
		Origin: b.server.URL, Own: own, Far: far, Answered: answered, Clock: clock.System{}, Log: log}); err != nil {
		t.Fatal(err)
	}
	b.end = run(t, b.phones.Run)
	return b
}

// run runs something until the test, or end, ends it.
func run(t *testing.T, f func(context.Context) error) (end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- f(ctx) }()
	end = sync.OnceFunc(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	return end
}

// page is a browser's end of a handset.
type page struct {
	t    *testing.T
	conn *websocket.Conn
}

func (b *house) dial(t *testing.T, origin string) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	return websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(b.server.URL, "http")+"/phone/socket",
		&websocket.DialOptions{HTTPHeader: header})
}

// open opens a handset; with a number it returns when it can be called.
func (b *house) open(t *testing.T, number string) *page {
	t.Helper()
	conn, _, err := b.dial(t, b.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	p := &page{t, conn}
	t.Cleanup(p.close)
	p.heard("welcome")
	p.heard("servers")
	if number != "" {
		p.say(fromPage{Type: "register", Number: number})
		if m := p.heard("registered"); !m.Reachable || m.Number != number {
			t.Fatalf("registered: %+v", m)
		}
	}
	return p
}

func (p *page) close() { _ = p.conn.CloseNow() }

func (p *page) say(m fromPage) {
	p.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.conn.Write(p.t.Context(), websocket.MessageText, body); err != nil {
		p.t.Fatal(err)
	}
}

// told is any message to a page.
type told struct {
	Type, Call, From, SDP, Digit, Text, Number, Own, Far string
	Code                                                 int
	Reachable                                            bool
	Candidates                                           []telephony.Candidate
	Servers                                              []telephony.ICEServer
}

// heard waits for a message of a type, which must be the next one.
func (p *page) heard(kind string) told {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 15*time.Second)
	defer cancel()
	_, body, err := p.conn.Read(ctx)
	if err != nil {
		p.t.Fatalf("waiting for %q: %v", kind, err)
	}
	var m told
	if err := json.Unmarshal(body, &m); err != nil {
		p.t.Fatal(err)
	}
	if m.Type != kind {
		p.t.Fatalf("waiting for %q, heard %s", kind, body)
	}
	return m
}

// microphone is a track that can send keys too.
type microphone struct {
	mu     sync.Mutex // guards what follows
	writer webrtc.TrackLocalWriter
	ssrc   uint32
	seq    uint16
	ts     uint32
}

func (m *microphone) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writer, m.ssrc = c.WriteStream(), uint32(c.SSRC())
	return c.CodecParameters()[0], nil
}
func (m *microphone) Unbind(webrtc.TrackLocalContext) error { return nil }
func (m *microphone) ID() string                            { return "audio" }
func (m *microphone) RID() string                           { return "" }
func (m *microphone) StreamID() string                      { return "page" }
func (m *microphone) Kind() webrtc.RTPCodecType             { return webrtc.RTPCodecTypeAudio }

func (m *microphone) write(payloadType uint8, payload []byte, step uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.writer == nil {
		return
	}
	head := rtp.Header{Version: 2, PayloadType: payloadType, SequenceNumber: m.seq, Timestamp: m.ts, SSRC: m.ssrc}
	m.seq, m.ts = m.seq+1, m.ts+step
	_, _ = m.writer.WriteRTP(&head, payload)
}

// voice is a page's audio of one call.
type voice struct {
	t       *testing.T
	pc      *webrtc.PeerConnection
	mic     *microphone
	found   chan struct{}
	mu      sync.Mutex // guards samples
	samples []int16
	enough  chan struct{}
}

// speak makes a page's audio: the message to send, and what to do with the answer.
func speak(t *testing.T) (*voice, fromPage) {
	t.Helper()
	media := &webrtc.MediaEngine{}
	for kind, number := range map[string]webrtc.PayloadType{"audio/PCMU": 0, "audio/telephone-event": 126} {
		if err := media.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: kind, ClockRate: 8000},
			PayloadType: number}, webrtc.RTPCodecTypeAudio); err != nil {
			t.Fatal(err)
		}
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	pc, err := webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pc.Close() })
	v := &voice{t: t, pc: pc, mic: &microphone{}, found: make(chan struct{}), enough: make(chan struct{})}
	if _, err := pc.AddTrack(v.mic); err != nil {
		t.Fatal(err)
	}
	pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { v.listen(track) })
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected {
			close(v.found)
		}
	})
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(offer); err != nil {
		t.Fatal(err)
	}
	<-gathered
	return v, fromPage{SDP: pc.LocalDescription().SDP}
}

func (v *voice) listen(track *webrtc.TrackRemote) {
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		v.mu.Lock()
		was := len(v.samples)
		v.samples = append(v.samples, telephony.Decode(telephony.PCMU, packet.Payload)...)
		if was <= 16000 && len(v.samples) > 16000 {
			close(v.enough)
		}
		v.mu.Unlock()
	}
}

func (v *voice) answered(m told) {
	v.t.Helper()
	if err := v.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: m.SDP}); err != nil {
		v.t.Fatal(err)
	}
	within(v.t, "the browser finds the exchange", v.found)
}

// hears is the share of a tone in the last second of what the page heard.
func (v *voice) hears(hertz float64) float64 {
	v.t.Helper()
	within(v.t, "two seconds of sound", v.enough)
	v.mu.Lock()
	defer v.mu.Unlock()
	return tone.Share(v.samples[len(v.samples)-8000:], 8000, hertz)
}

func within(t *testing.T, what string, done <-chan struct{}) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		t.Fatalf("waited in vain: %s", what)
	}
}

// arrives takes the call that comes in at the trunk.
func (b *house) arrives(t *testing.T) *telephony.Call {
	t.Helper()
	select {
	case c := <-b.trunk.Calls():
		return c
	case <-time.After(15 * time.Second):
		t.Fatal("no call came in")
		return nil
	}
}

// rings calls a number from the trunk.
func (b *house) rings(t *testing.T, number string) *telephony.Call {
	t.Helper()
	c, err := b.trunk.Dial(t.Context(), number, far, telephony.PCMU)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
