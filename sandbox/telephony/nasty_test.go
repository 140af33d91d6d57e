package telephony

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

const goodSDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"

// invite is an INVITE; of its lines, those named are replaced, and left out when they are replaced by nothing.
func invite(id, body string, change map[string]string) string {
	lines := []struct{ name, text string }{
		{"start", "INVITE sip:+12065550100@127.0.0.1 SIP/2.0"},
		{"Via", "Via: SIP/2.0/UDP 127.0.0.1:5999;rport;branch=z9hG4bK" + id},
		{"From", "From: <sip:+12065550142@127.0.0.1>;tag=f" + id},
		{"To", "To: <sip:+12065550100@127.0.0.1>"},
		{"Call-ID", "Call-ID: " + id},
		{"CSeq", "CSeq: 1 INVITE"},
		{"Contact", "Contact: <sip:+12065550142@127.0.0.1:5999>"},
		{"Max-Forwards", "Max-Forwards: 70"},
		{"Content-Type", "Content-Type: application/sdp"},
		{"Content-Length", "Content-Length: " + strconv.Itoa(len(body))},
	}
	var b strings.Builder
	for _, line := range lines {
		text, changed := change[line.name]
		if !changed {
			text = line.text
		}
		if text != "" {
			b.WriteString(text + "\r\n")
		}
	}
	return b.String() + change["more"] + "\r\n" + body
}

// nasty are messages that people, fuzzers and broken telephones send. want is the answer: a status, 0 for none, -1 for whichever.
var nasty = []struct {
	name, message string
	want          int
}{
	{"an empty line", "\r\n\r\n", 0},
	{"junk", "\x00\xff\xfe\x01 this is no message\r\n\r\n", 0},
	{"HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0},
	{"a start line and nothing else", "INVITE sip:a@b SIP/2.0\r\n\r\n", -1},
	{"no Via", invite("novia", goodSDP, map[string]string{"Via": ""}), -1},
	{"no From", invite("nofrom", goodSDP, map[string]string{"From": ""}), -1},
	{"no To", invite("noto", goodSDP, map[string]string{"To": ""}), -1},
	{"no Call-ID", invite("nocallid", goodSDP, map[string]string{"Call-ID": ""}), -1},
	{"no CSeq", invite("nocseq", goodSDP, map[string]string{"CSeq": ""}), -1},
	{"no Contact", invite("nocontact", goodSDP, map[string]string{"Contact": ""}), 400},
	{"a method that contradicts CSeq", invite("cseq", goodSDP, map[string]string{"CSeq": "CSeq: 1 BYE"}), -1},
	{"a sequence number beyond its range", invite("bigseq", goodSDP, map[string]string{"CSeq": "CSeq: 99999999999999999999 INVITE"}), 0},
	{"a negative length", invite("neglen", goodSDP, map[string]string{"Content-Length": "Content-Length: -5"}), -1},
	{"a length that is a lie", invite("lielen", goodSDP, map[string]string{"Content-Length": "Content-Length: 60000"}), -1},
	{"no session description", invite("nosdp", "", nil), 488},
	{"a session description that is none", invite("badsdp", "<html>", nil), 488},
	{"video only", invite("video", strings.Replace(goodSDP, "m=audio 4000 RTP/AVP 0", "m=video 4000 RTP/AVP 96", 1), nil), 488},
	{"a codec that we lack", invite("codec", strings.Replace(goodSDP, "AVP 0", "AVP 18", 1), nil), 488},
	{"audio at port 0", invite("port0", strings.Replace(goodSDP, "4000", "0", 1), nil), 488},
	{"audio at a port beyond the last", invite("port9", strings.Replace(goodSDP, "4000", "400000", 1), nil), 488},
	{"audio at a host that is a name", invite("host", strings.Replace(goodSDP, "c=IN IP4 127.0.0.1", "c=IN IP4 evil.example", 1), nil), 488},
	{"a change of a call that is not there", invite("ghost", goodSDP, map[string]string{"To": "To: <sip:a@127.0.0.1>;tag=nobody"}), 481},
	{"an unknown method", strings.ReplaceAll(invite("method", "", nil), "INVITE", "DESTROY"), 405},
	{"a goodbye to nobody", strings.ReplaceAll(invite("bye", "", nil), "INVITE", "BYE"), 481},
	{"a cancellation of nothing", strings.ReplaceAll(invite("cancel", "", nil), "INVITE", "CANCEL"), -1},
	{"an acknowledgement of nothing", strings.ReplaceAll(invite("ack", "", nil), "INVITE", "ACK"), 0},
	{"an answer that nobody waits for", "SIP/2.0 200 OK\r\n" + strings.SplitN(invite("answer", "", nil), "\r\n", 2)[1], 0},
	{"a registration without a contact", strings.ReplaceAll(invite("register", "", map[string]string{"Contact": ""}),
		"INVITE", "REGISTER"), 400},
	{"a registration of no number", strings.ReplaceAll(invite("regname", "",
		map[string]string{"To": "To: <sip:;drop@127.0.0.1>"}), "INVITE", "REGISTER"), 400},
	{"a registration that never ends", strings.ReplaceAll(invite("regexp", "",
		map[string]string{"more": "Expires: 99999999999999999999\r\n"}), "INVITE", "REGISTER"), 200},
	{"a registration with a negative life",
		strings.ReplaceAll(invite("regneg", "", map[string]string{"more": "Expires: -9223372036\r\n"}), "INVITE", "REGISTER"), 200},
	{"a thousand headers", invite("headers", "", map[string]string{"more": strings.Repeat("X-Junk: junk\r\n", 1000)}), 488},
	{"a header of forty kilobytes", invite("long", "", map[string]string{"more": "X-Junk: " + strings.Repeat("j", 40_000) + "\r\n"}), -1},
	{"a caller's name of forty kilobytes", invite("name", "",
		map[string]string{"From": `From: "` + strings.Repeat("n", 40_000) + `" <sip:+12065550142@127.0.0.1>;tag=f`}), -1},
	{"brackets that do not close", invite("open", "", map[string]string{"From": "From: <sip:a@b;tag=1"}), -1},
	{"quotes that do not close", invite("quote", "", map[string]string{"From": `From: "a <sip:a@b>;tag=1`}), -1},
	{"a caller made of escapes", invite("escape", "", map[string]string{"From": "From: <sip:%00%0d%0a%zz@127.0.0.1>;tag=1"}), -1},
}

// TestNastyMessages sends them to the real sockets. After each a decent question is still answered, and after all a decent call works.
func TestNastyMessages(t *testing.T) {
	x := listen(t)
	for _, network := range []string{"udp", "tcp"} {
		for i, tc := range nasty {
			t.Run(network+": "+tc.name, func(t *testing.T) {
				message := tc.message
				if network == "tcp" {
					message = strings.ReplaceAll(message, "SIP/2.0/UDP", "SIP/2.0/TCP")
					message = strings.ReplaceAll(message, "branch=z9hG4bK", "branch=z9hG4bKt")
				}
				got := ask(t, network, x.SIPAddr(), message, fmt.Sprintf("%s-%d", network, i))
				if tc.want >= 0 && got != tc.want {
					t.Errorf("answered %d, want %d", got, tc.want)
				}
				if got >= 500 || got > 0 && got < 200 {
					t.Errorf("answered %d", got)
				}
			})
		}
	}
	t.Run("a megabyte without an end is cut off", func(t *testing.T) {
		conn, err := net.Dial("tcp", x.SIPAddr())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		for range 64 {
			if _, err = conn.Write([]byte(strings.Repeat("X", 16<<10))); err != nil {
				break
			}
		}
		if err == nil {
			_, err = conn.Read(make([]byte, 1))
		}
		if late, ok := err.(net.Error); err == nil || ok && late.Timeout() {
			t.Errorf("it was taken: %v", err)
		}
	})
	phone := listen(t)
	call, err := phone.CallAt(t.Context(), x.SIPAddr(), "+12065550100", "+12065550199", PCMU)
	if err != nil {
		t.Fatal(err)
	}
	incoming := take(t, x)
	for ; incoming.From() != "+12065550199"; incoming = take(t, x) {
		incoming.HangUp(Normal) // some of the messages are calls, if odd ones
	}
	if err := incoming.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	within(t, "the answer", call.Answered())
	call.HangUp(Normal)
	within(t, "the end", incoming.Ended())
}

// ask sends a message and then, on another connection, a decent OPTIONS; it returns the status of what answered the message, 0 for nothing.
func ask(t *testing.T, network, address, message, id string) int {
	t.Helper()
	conn, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(message)); err != nil && network == "udp" {
		t.Fatal(err)
	}
	decent, err := net.Dial("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer decent.Close()
	options := strings.ReplaceAll(invite("decent-"+id, "", nil), "INVITE", "OPTIONS")
	if _, err := decent.Write([]byte(options)); err != nil {
		t.Fatal(err)
	}
	if got := status(t, decent, 10*time.Second); got != 200 {
		t.Fatalf("a decent question is answered %d", got)
	}
	return status(t, conn, 150*time.Millisecond)
}

// status reads the first final answer that comes in time; 0 for none.
func status(t *testing.T, conn net.Conn, wait time.Duration) int {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(wait))
	in := bufio.NewReaderSize(conn, 64<<10)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return 0
		}
		var code int
		if n, _ := fmt.Sscanf(line, "SIP/2.0 %d", &code); n == 1 && code >= 200 {
			return code
		}
	}
}
