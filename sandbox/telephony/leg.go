package telephony

import (
	"sync"
	"time"

	"github.com/pion/rtp"

	"github.com/patchcord/patchcord/internal/clock"
)

// Leg is one end of audio. Frames are G.711 payloads as they came.
type Leg interface {
	Codec() Codec
	// Send plays a frame to the far end; it never blocks for long and drops frames of a closed leg.
	Send(frame []byte)
	// Receive says where frames from the far end go; nil drops them. The frame is only good during the call.
	Receive(to func(frame []byte))
	// Digits says where DTMF digits go; nil drops them.
	Digits(to func(digit byte))
	// Close ends the leg; closing it again changes nothing.
	Close()
}

// sink is where a leg's frames and digits go.
type sink struct {
	mu     sync.Mutex // guards both
	frames func([]byte)
	digits func(byte)
}

// Receive says where frames go.
func (s *sink) Receive(to func([]byte)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frames = to
}

// Digits says where digits go.
func (s *sink) Digits(to func(byte)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.digits = to
}

func (s *sink) frame(payload []byte) {
	s.mu.Lock()
	to := s.frames
	s.mu.Unlock()
	if to != nil {
		to(payload)
	}
}

func (s *sink) digit(d byte) {
	s.mu.Lock()
	to := s.digits
	s.mu.Unlock()
	if to != nil {
		to(d)
	}
}

// packetizer numbers and times outgoing packets. After a silence the timestamp jumps by the time that passed, so that the far end
// does not take old and new audio for one stretch.
type packetizer struct {
	clock clock.Clock
	codec Codec
	ssrc  uint32

	mu   sync.Mutex // guards what follows
	seq  uint16
	ts   uint32
	last time.Time
}

const silence = 60 * time.Millisecond

func (p *packetizer) packet(payload []byte) *rtp.Packet {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	gap := now.Sub(p.last)
	marker := p.last.IsZero() || gap > silence
	if marker && !p.last.IsZero() {
		p.ts += uint32(gap.Milliseconds()) * 8
	}
	p.last = now
	packet := &rtp.Packet{Header: rtp.Header{Version: 2, PayloadType: uint8(p.codec), SequenceNumber: p.seq,
		Timestamp: p.ts, SSRC: p.ssrc, Marker: marker}, Payload: payload}
	p.seq++
	p.ts += uint32(len(payload))
	return packet
}

// digitReader turns DTMF packets into digits, one for each press. Source: RFC 4733 §2.3.
type digitReader struct {
	last uint32
	seen bool
}

const dtmf = "0123456789*#ABCD"

func (d *digitReader) read(p *rtp.Packet) (byte, bool) {
	if len(p.Payload) < 4 || int(p.Payload[0]) >= len(dtmf) || d.seen && d.last == p.Timestamp {
		return 0, false
	}
	d.seen, d.last = true, p.Timestamp
	return dtmf[p.Payload[0]], true
}

// Join lets two legs hear each other until stop.
func Join(a, b Leg) (stop func()) {
	a.Receive(b.Send)
	b.Receive(a.Send)
	return func() {
		a.Receive(nil)
		b.Receive(nil)
	}
}

// Source gives the frames of something to play; frame n begins at 20 n milliseconds.
type Source func(codec Codec, n int) []byte

// Play plays a source to a leg until stop, which returns when no more frame will come.
func Play(leg Leg, s Source) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
				leg.Send(s(leg.Codec(), n))
			case <-done:
				return
			}
		}
	}()
	var once sync.Once
	return func() {
		once.Do(func() { close(done) })
		<-ended
	}
}
