package telephony

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"

	"github.com/pion/rtp"

	"github.com/patchcord/patchcord/internal/clock"
)

// rtpLeg is audio over UDP with a SIP party. It sends where packets come from, so that a party behind a translator hears us.
type rtpLeg struct {
	sink
	packetizer
	conn   *net.UDPConn
	remote atomic.Pointer[net.UDPAddr]
	event  atomic.Uint32
	done   chan struct{}
	once   sync.Once
}

var _ Leg = (*rtpLeg)(nil)

// listenRTP opens a port of the range, any port if the range is empty. The leg hears nothing before start.
func listenRTP(ip net.IP, low, high int, clk clock.Clock) (*rtpLeg, error) {
	for port := low; port <= high; port++ {
		conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: ip, Port: port})
		if err == nil {
			return &rtpLeg{conn: conn, done: make(chan struct{}), packetizer: packetizer{clock: clk,
				ssrc: uint32(conn.LocalAddr().(*net.UDPAddr).Port) * 2654435761}}, nil
		}
		if !errors.Is(err, net.ErrClosed) && port == high {
			return nil, fmt.Errorf("no free port for audio between %d and %d: %w", low, high, err)
		}
	}
	return nil, errors.New("no ports for audio")
}

func (l *rtpLeg) local() *net.UDPAddr { return l.conn.LocalAddr().(*net.UDPAddr) }

// start begins to hear; codec and remote are what was agreed.
func (l *rtpLeg) start(codec Codec, remote *net.UDPAddr, event uint8) {
	l.packetizer.mu.Lock()
	l.packetizer.codec = codec
	l.packetizer.mu.Unlock()
	l.remote.Store(remote)
	l.event.Store(uint32(event))
	go l.read()
}

// Codec is what was agreed.
func (l *rtpLeg) Codec() Codec {
	l.packetizer.mu.Lock()
	defer l.packetizer.mu.Unlock()
	return l.packetizer.codec
}

func (l *rtpLeg) read() {
	defer close(l.done)
	buf := make([]byte, 2048)
	var digits digitReader
	for {
		n, from, err := l.conn.ReadFromUDP(buf)
		if err != nil {
			return
		}
		var p rtp.Packet
		if p.Unmarshal(buf[:n]) != nil {
			continue
		}
		if known := l.remote.Load(); known == nil || known.Port != from.Port || !known.IP.Equal(from.IP) {
			l.remote.Store(from)
		}
		switch {
		case p.PayloadType == uint8(l.Codec()):
			l.frame(p.Payload)
		case uint32(p.PayloadType) == l.event.Load() && p.PayloadType != 0:
			if d, ok := digits.read(&p); ok {
				l.digit(d)
			}
		}
	}
}

// Send plays a frame.
func (l *rtpLeg) Send(frame []byte) {
	to := l.remote.Load()
	if to == nil {
		return
	}
	body, err := l.packet(frame).Marshal()
	if err != nil {
		return
	}
	_, _ = l.conn.WriteToUDP(body, to) // a lost frame is a lost frame
}

// sendDigit presses a key: its start three times, its end three times. Source: RFC 4733 §2.5.
func (l *rtpLeg) sendDigit(index byte) {
	to := l.remote.Load()
	if to == nil || l.event.Load() == 0 {
		return
	}
	base := l.packet(nil)
	for i := range 6 {
		end := byte(10)
		if i >= 3 {
			end |= 0x80
		}
		p := *base
		p.PayloadType, p.Marker = uint8(l.event.Load()), i == 0
		p.SequenceNumber += uint16(i)
		p.Payload = []byte{index, end, byte(160 * (i + 1) >> 8), byte(160 * (i + 1))}
		if body, err := p.Marshal(); err == nil {
			_, _ = l.conn.WriteToUDP(body, to)
		}
	}
	l.packetizer.mu.Lock()
	l.packetizer.seq += 5
	l.packetizer.mu.Unlock()
}

// Close ends the leg.
func (l *rtpLeg) Close() { l.once.Do(func() { _ = l.conn.Close() }) }
