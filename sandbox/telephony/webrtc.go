package telephony

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"github.com/patchcord/patchcord/internal/clock"
)

// Candidate is an ICE candidate as browsers write it.
type Candidate struct {
	Candidate     string  `json:"candidate"`
	SDPMid        *string `json:"sdpMid,omitempty"`
	SDPMLineIndex *uint16 `json:"sdpMLineIndex,omitempty"`
}

// Offer is a browser's audio.
type Offer struct {
	SDP        string
	Candidates []Candidate
	Codec      Codec // the only one that is answered
}

// Answer is ours to it; at least one candidate.
type Answer struct {
	SDP        string
	Candidates []Candidate
}

// BrowserLeg is audio with a browser, which may go away without a word.
type BrowserLeg interface {
	Leg
	// Lost is closed when the browser is gone, or the leg was closed.
	Lost() <-chan struct{}
}

// webRTCLeg is audio with a browser.
type webRTCLeg struct {
	sink
	packetizer
	pc    *webrtc.PeerConnection
	track *webrtc.TrackLocalStaticRTP
	lost  chan struct{}
	gone  sync.Once // closes lost
	once  sync.Once
}

var _ BrowserLeg = (*webRTCLeg)(nil)

// A browser that says nothing for so long is gone; until it is silent it proves every two seconds that it is there.
const (
	silentAfter = 5 * time.Second
	goneAfter   = 10 * time.Second // more
	proofEvery  = 2 * time.Second
)

// newAPI speaks one G.711 codec and DTMF, on loopback addresses only when the exchange is.
func newAPI(codec Codec, ip net.IP) (*webrtc.API, error) {
	m := &webrtc.MediaEngine{}
	for _, c := range []webrtc.RTPCodecParameters{
		{RTPCodecCapability: capability(codec), PayloadType: webrtc.PayloadType(codec)},
		{RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/telephone-event", ClockRate: rate}, PayloadType: 126},
	} {
		if err := m.RegisterCodec(c, webrtc.RTPCodecTypeAudio); err != nil {
			return nil, err
		}
	}
	s := webrtc.SettingEngine{}
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	s.SetIncludeLoopbackCandidate(true)
	s.SetICETimeouts(silentAfter, goneAfter, proofEvery)
	if ip.IsLoopback() {
		s.SetIPFilter(func(at net.IP) bool { return at.IsLoopback() })
	}
	return webrtc.NewAPI(webrtc.WithMediaEngine(m), webrtc.WithSettingEngine(s)), nil
}

func capability(codec Codec) webrtc.RTPCodecCapability {
	return webrtc.RTPCodecCapability{MimeType: "audio/" + codec.String(), ClockRate: rate, Channels: 1}
}

// answerOffer answers a browser and returns when our candidates are known; audio follows once the two have found each other.
func answerOffer(ctx context.Context, o Offer, ip net.IP, clk clock.Clock) (*webRTCLeg, Answer, error) {
	if len(o.SDP) > maxSDP || len(o.Candidates) > 100 {
		return nil, Answer{}, errors.New("offer too large")
	}
	api, err := newAPI(o.Codec, ip)
	if err != nil {
		return nil, Answer{}, err
	}
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, Answer{}, err
	}
	l := &webRTCLeg{pc: pc, lost: make(chan struct{}), packetizer: packetizer{clock: clk, codec: o.Codec}}
	answer, err := l.negotiate(ctx, o)
	if err != nil {
		l.Close()
		return nil, Answer{}, fmt.Errorf("answer browser: %w", err)
	}
	return l, answer, nil
}

func (l *webRTCLeg) negotiate(ctx context.Context, o Offer) (Answer, error) {
	l.pc.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateFailed || state == webrtc.PeerConnectionStateClosed {
			l.lose()
		}
	})
	l.pc.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { l.read(t) })
	if err := l.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.SDP}); err != nil {
		return Answer{}, err
	}
	var err error
	if l.track, err = webrtc.NewTrackLocalStaticRTP(capability(o.Codec), "audio", "patchcord"); err != nil {
		return Answer{}, err
	}
	if _, err := l.pc.AddTrack(l.track); err != nil {
		return Answer{}, err
	}
	for _, c := range o.Candidates {
		if c.Candidate == "" {
			continue
		}
		if err := l.pc.AddICECandidate(webrtc.ICECandidateInit{Candidate: c.Candidate, SDPMid: c.SDPMid,
			SDPMLineIndex: c.SDPMLineIndex}); err != nil {
			return Answer{}, err
		}
	}
	description, err := l.pc.CreateAnswer(nil)
	if err != nil {
		return Answer{}, err
	}
	gathered := webrtc.GatheringCompletePromise(l.pc)
	if err := l.pc.SetLocalDescription(description); err != nil {
		return Answer{}, err
	}
	select {
	case <-gathered:
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	return answerOf(l.pc.LocalDescription().SDP), nil
}

// answerOf lists the candidates of a description beside it, as the softphone's signalling wants them.
func answerOf(description string) Answer {
	a := Answer{SDP: description}
	for line := range strings.SplitSeq(description, "\n") {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "a=candidate:"); ok {
			mid, index := "0", uint16(0)
			a.Candidates = append(a.Candidates, Candidate{"candidate:" + text, &mid, &index})
		}
	}
	return a
}

func (l *webRTCLeg) read(t *webrtc.TrackRemote) {
	var digits digitReader
	buf := make([]byte, 2048)
	for {
		n, _, err := t.Read(buf)
		if err != nil {
			return
		}
		var p rtp.Packet
		if p.Unmarshal(buf[:n]) != nil {
			continue
		}
		if p.PayloadType == uint8(l.codec) {
			l.frame(p.Payload)
		} else if d, ok := digits.read(&p); ok {
			l.digit(d)
		}
	}
}

// Codec is what was answered.
func (l *webRTCLeg) Codec() Codec { return l.codec }

// Send plays a frame.
func (l *webRTCLeg) Send(frame []byte) {
	if len(frame) > 0 {
		_ = l.track.WriteRTP(l.packet(frame)) // before the two have found each other there is nobody to hear it
	}
}

// Lost is closed when the browser is gone, or the leg was closed.
func (l *webRTCLeg) Lost() <-chan struct{} { return l.lost }

func (l *webRTCLeg) lose() { l.gone.Do(func() { close(l.lost) }) }

// Close ends the connection.
func (l *webRTCLeg) Close() {
	l.once.Do(func() {
		_ = l.pc.Close()
		l.lose()
	})
}
