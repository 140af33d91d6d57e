package telephony

import (
	"bytes"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"

	"github.com/patchcord/patchcord/internal/leak"
)

// party is the far end of a call: a socket that writes its messages by hand.
type party struct {
	conn          *net.UDPConn
	id            string // Call-ID
	local, remote string // tags
	branches      int
}

func newParty(t *testing.T, x *Exchange, id string) *party {
	t.Helper()
	at, err := net.ResolveUDPAddr("udp4", x.SIPAddr())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.DialUDP("udp4", nil, at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &party{conn: conn, id: id, local: "far-" + id}
}

func (p *party) at() string { return p.conn.LocalAddr().String() }

// write sends a request with the tags of From and To; no tag is written as none.
func (p *party) write(t *testing.T, method string, seq int, from, to, body string) {
	t.Helper()
	tag := func(text string) string {
		if text == "" {
			return ""
		}
		return ";tag=" + text
	}
	p.branches++
	message := fmt.Sprintf("%s sip:patchcord@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP %s;rport;branch=z9hG4bK-%s-%s-%d\r\n"+
		"From: <sip:+12065550142@127.0.0.1>%s\r\nTo: <sip:+12065550100@127.0.0.1>%s\r\nCall-ID: %s\r\nCSeq: %d %s\r\n"+
		"Contact: <sip:+12065550142@%s>\r\nMax-Forwards: 70\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s",
		method, p.at(), p.id, strings.ReplaceAll(p.at(), ":", "-"), p.branches, tag(from), tag(to), p.id, seq, method, p.at(), len(body), body)
	if _, err := p.conn.Write([]byte(message)); err != nil {
		t.Fatal(err)
	}
}

// read is the next message that comes in time, nil when none does.
func (p *party) read(t *testing.T, wait time.Duration) sip.Message {
	t.Helper()
	buf := make([]byte, 64<<10)
	_ = p.conn.SetReadDeadline(time.Now().Add(wait))
	n, err := p.conn.Read(buf)
	if err != nil {
		return nil
	}
	m, err := sip.ParseMessage(bytes.Clone(buf[:n]))
	if err != nil {
		t.Fatalf("%v in %q", err, buf[:n])
	}
	return m
}

// final is the final response to a method; requests and responses to others are passed over.
func (p *party) final(t *testing.T, method string) *sip.Response {
	t.Helper()
	for {
		m := p.read(t, 5*time.Second)
		if m == nil {
			t.Fatalf("%s is not answered", method)
		}
		if res, ok := m.(*sip.Response); ok && !res.IsProvisional() && string(res.CSeq().MethodName) == method {
			return res
		}
	}
}

// isAnswered makes a call to the exchange that is answered; the answer's end comes when it is confirmed.
func (p *party) isAnswered(t *testing.T, x *Exchange) (c *Call, answered chan error) {
	t.Helper()
	p.write(t, "INVITE", 10, p.local, "", goodSDP)
	c = take(t, x)
	answered = make(chan error, 1)
	go func() { answered <- c.Answer(t.Context()) }()
	p.remote, _ = p.final(t, "INVITE").To().Params.Get("tag")
	return c, answered
}

// calls makes a call to the exchange that is answered, and confirms the answer.
func (p *party) calls(t *testing.T, x *Exchange) *Call {
	t.Helper()
	c, answered := p.isAnswered(t, x)
	p.write(t, "ACK", 10, p.local, p.remote, "")
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
	return c
}

// isCalled registers the party as a telephone and takes the exchange's call.
func (p *party) isCalled(t *testing.T, x *Exchange) *Call {
	t.Helper()
	own := p.id
	p.write(t, "REGISTER", 1, p.local, "", "")
	if res := p.final(t, "REGISTER"); res.StatusCode != 200 {
		t.Fatal(res.StartLine())
	}
	c, err := x.Dial(t.Context(), "+12065550100", "+12065550177", PCMU)
	if err != nil {
		t.Fatal(err)
	}
	for p.id == own {
		req, ok := p.read(t, 5*time.Second).(*sip.Request)
		if !ok || !req.IsInvite() {
			continue
		}
		p.id = req.CallID().Value()
		p.remote, _ = req.From().Params.Get("tag")
		res := sip.NewSDPResponseFromRequest(req, []byte(goodSDP))
		res.To().Params.Add("tag", p.local)
		res.AppendHeader(&sip.ContactHeader{Address: sip.Uri{Scheme: "sip", Host: "127.0.0.1", Port: p.conn.LocalAddr().(*net.UDPAddr).Port}})
		if _, err := p.conn.Write([]byte(res.String())); err != nil {
			t.Fatal(err)
		}
	}
	within(t, "the answer", c.Answered())
	return c
}

func audioAt(c *Call) string { return c.Leg().(*rtpLeg).remote.Load().String() }

// sides are the two ways into a dialogue: the exchange answers, or it calls.
var sides = []struct {
	name string
	join func(*party, *testing.T, *Exchange) *Call
}{
	{"a call that came in", (*party).calls},
	{"a call that went out", (*party).isCalled},
}

// TestAStrangerWhoKnowsTheCallIDIsNotInTheCall is RFC 3261 §12.2.2: who is in a dialogue knows its Call-ID and both
// tags.
func TestAStrangerWhoKnowsTheCallIDIsNotInTheCall(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	moved := strings.Replace(goodSDP, "4000", "4999", 1)
	for i, side := range sides {
		t.Run(side.name, func(t *testing.T) {
			p := newParty(t, x, "own-"+strconv.Itoa(i))
			c := side.join(p, t, x)
			tags := []struct{ name, from, to string }{
				{"made-up tags", "stranger", "made-up"},
				{"only our tag right", "stranger", p.remote},
				{"only the far tag right", p.local, "made-up"},
				{"the tags the wrong way round", p.remote, p.local},
				{"our tag in capitals and more", p.local, p.remote + "x"},
			}
			for _, method := range []string{"INVITE", "BYE", "INFO", "UPDATE", "OPTIONS", "MESSAGE", "REFER", "NOTIFY", "PRACK", "CANCEL"} {
				for _, tag := range tags {
					t.Run(method+" with "+tag.name, func(t *testing.T) {
						stranger := newParty(t, x, p.id)
						stranger.write(t, method, 11, tag.from, tag.to, moved)
						if res := stranger.final(t, method); res.StatusCode != 481 {
							t.Errorf("answered %s", res.StartLine())
						}
						if at := audioAt(c); at != "127.0.0.1:4000" {
							t.Errorf("audio goes to %s", at)
						}
						select {
						case <-c.Ended():
							t.Fatalf("the call has ended: %s", c.Cause())
						default:
						}
					})
				}
			}
			t.Run("BYE without a tag of ours", func(t *testing.T) {
				stranger := newParty(t, x, p.id)
				stranger.write(t, "BYE", 11, p.local, "", "")
				if res := stranger.final(t, "BYE"); res.StatusCode != 481 {
					t.Errorf("answered %s", res.StartLine())
				}
			})
			p.write(t, "BYE", 11, p.local, p.remote, "")
			if res := p.final(t, "BYE"); res.StatusCode != 200 {
				t.Errorf("the party's own goodbye is answered %s", res.StartLine())
			}
			within(t, "the end", c.Ended())
		})
	}
}

func TestRequestsOfADialogueKeepTheirOrder(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	moved := strings.Replace(goodSDP, "4000", "4999", 1)
	for i, side := range sides {
		t.Run(side.name, func(t *testing.T) {
			p := newParty(t, x, "order-"+strconv.Itoa(i))
			c := side.join(p, t, x)
			p.write(t, "INVITE", 20, p.local, p.remote, goodSDP)
			if res := p.final(t, "INVITE"); res.StatusCode != 200 {
				t.Fatalf("a change is answered %s", res.StartLine())
			}
			p.write(t, "ACK", 20, p.local, p.remote, "")
			for _, method := range []string{"INVITE", "BYE", "INFO", "OPTIONS"} {
				p.write(t, method, 19, p.local, p.remote, moved)
				if res := p.final(t, method); res.StatusCode != 500 {
					t.Errorf("%s out of order is answered %s", method, res.StartLine())
				}
			}
			if at := audioAt(c); at != "127.0.0.1:4000" {
				t.Errorf("audio goes to %s", at)
			}
			p.write(t, "INFO", 21, p.local, p.remote, "")
			if res := p.final(t, "INFO"); res.StatusCode != 405 || res.GetHeader("Allow") == nil {
				t.Errorf("a method that we lack is answered %s", res)
			}
			p.write(t, "INVITE", 22, p.local, p.remote, moved)
			if res := p.final(t, "INVITE"); res.StatusCode != 200 || audioAt(c) != "127.0.0.1:4999" {
				t.Errorf("a change is answered %s, audio goes to %s", res.StartLine(), audioAt(c))
			}
			p.write(t, "BYE", 23, p.local, p.remote, "")
			if res := p.final(t, "BYE"); res.StatusCode != 200 {
				t.Errorf("a goodbye is answered %s", res.StartLine())
			}
			within(t, "the end", c.Ended())
		})
	}
}

func TestAStrangersAcknowledgementConfirmsNothing(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	p := newParty(t, x, "ack")
	c, answered := p.isAnswered(t, x)
	newParty(t, x, p.id).write(t, "ACK", 10, "stranger", "made-up", "")
	if res := p.final(t, "INVITE"); res.StatusCode != 200 { // said again, as nobody who counts has confirmed it
		t.Errorf("heard %s", res.StartLine())
	}
	p.write(t, "ACK", 10, p.local, p.remote, "")
	if err := <-answered; err != nil {
		t.Error(err)
	}
	p.write(t, "BYE", 11, p.local, p.remote, "")
	within(t, "the end", c.Ended())
}

func TestASecondCallOfTheSameCallIDLeavesTheFirst(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	p := newParty(t, x, "twice")
	first := p.calls(t, x)
	stranger := newParty(t, x, p.id)
	stranger.local = "stranger"
	second := stranger.calls(t, x)
	stranger.write(t, "BYE", 11, stranger.local, stranger.remote, "")
	within(t, "the end of the second", second.Ended())
	p.write(t, "BYE", 11, p.local, p.remote, "")
	if res := p.final(t, "BYE"); res.StatusCode != 200 {
		t.Errorf("the first caller's goodbye is answered %s", res.StartLine())
	}
	within(t, "the end of the first", first.Ended())
}

func TestARingingCallIsCancelledOnlyByItsOwnTransaction(t *testing.T) {
	leak.Check(t)
	x := listen(t)
	p := newParty(t, x, "ringing")
	p.write(t, "INVITE", 10, p.local, "", goodSDP)
	c := take(t, x)
	if err := c.Ring(); err != nil {
		t.Fatal(err)
	}
	for p.remote == "" {
		if res, ok := p.read(t, 5*time.Second).(*sip.Response); ok && res.StatusCode == 180 {
			p.remote, _ = res.To().Params.Get("tag")
		}
	}
	stranger := newParty(t, x, p.id)
	stranger.write(t, "CANCEL", 10, p.local, "", "")
	if res := stranger.final(t, "CANCEL"); res.StatusCode != 481 {
		t.Errorf("a stranger's cancellation is answered %s", res.StartLine())
	}
	p.write(t, "INVITE", 11, p.local, p.remote, goodSDP) // before the last word. Source: RFC 3261 §14.2
	if res := p.final(t, "INVITE"); res.StatusCode != 500 || res.GetHeader("Retry-After") == nil {
		t.Errorf("a change of a call that rings is answered %s", res)
	}
	select {
	case <-c.Ended():
		t.Fatalf("the call has ended: %s", c.Cause())
	default:
	}
	c.HangUp(Busy)
}
