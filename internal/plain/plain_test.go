package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestATerminalObeysNothing(t *testing.T) {
	if got := Text("a\x1b[31mb\x9bc\u202ed\u009be\n"); strings.ContainsAny(got, "\x1b\u202e\u009b\n") || !strings.HasPrefix(got, "a·[31mb") {
		t.Errorf("got %q", got)
	}
	const evil = "caller \u009b2J\u202e\u0007é"
	document, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	safe := JSON(document)
	if strings.ContainsAny(string(safe), "\u009b\u202e\u0007") || !strings.Contains(string(safe), "é") {
		t.Errorf("got %s", safe)
	}
	var back string
	if err := json.Unmarshal(safe, &back); err != nil || back != evil {
		t.Errorf("back: %q, %v", back, err)
	}
	if got := Line(errors.Join(errors.New("one\x1b[2J"), errors.New("two"))); got != "one·[2J; two" {
		t.Errorf("a line: %q", got)
	}
	if got := Line(fmt.Errorf("of two:\n%w", errors.Join(dial(syscall.ECONNREFUSED), dial(syscall.EHOSTUNREACH)))); got !=
		"of two: nobody listens there; there is no way to that address" {
		t.Errorf("two hosts: %q", got)
	}
	if got := Line(errors.New("of two hosts:\n\tone\n\tthe other")); got != "of two hosts: one; the other" {
		t.Errorf("a list: %q", got)
	}
}

func dial(err error) error {
	return &url.Error{Op: "Get", URL: "http://x", Err: &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", err)}}
}

// said is what an SDK's error looks like.
type said struct{ code, message string }

func (s said) Error() string        { return "operation error: " + s.code }
func (s said) ErrorCode() string    { return s.code }
func (s said) ErrorMessage() string { return s.message }

func TestACauseIsSaidInWords(t *testing.T) {
	_, missing := os.ReadFile(filepath.Join(t.TempDir(), "none.pem"))
	for _, tc := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("asked: %w", said{"AccessDeniedException", "not you"}), "AccessDeniedException: not you"},
		{dial(syscall.ECONNREFUSED), "nobody listens there"},
		{dial(syscall.EADDRNOTAVAIL), "this machine has no such address"},
		{&url.Error{Op: "Get", URL: "x", Err: &net.DNSError{Name: "nowhere.example", IsNotFound: true}}, "there is no host nowhere.example"},
		{&url.Error{Op: "Get", URL: "x", Err: os.ErrDeadlineExceeded}, "no answer came in time"},
		{missing, "none.pem is not there"},
		{&url.Error{Op: "Get", URL: "http://secret?x", Err: errors.New("odd")}, "odd"},
		{errors.New(strings.Repeat("long ", 200)), "long long"},
	} {
		got := Cause(tc.err)
		tech := strings.Contains(got, "dial tcp") || strings.Contains(got, "Get ")
		if !strings.Contains(got, tc.want) || len(got) > maxSaid+len("…") || tech {
			t.Errorf("%v: %q, want %q", tc.err, got, tc.want)
		}
	}
}

// What a command says names what was wanted, and no library's ways.
func TestALineSpeaksNoGo(t *testing.T) {
	refused := &url.Error{Op: "Get", URL: "http://adapter/x", Err: &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}}
	if got := Line(fmt.Errorf("no answer of it: %w", refused)); got != "no answer of it: nobody listens there" {
		t.Errorf("got %q", got)
	}
	_, err := os.ReadFile("/nowhere/key.pem")
	if got := Line(fmt.Errorf("salesforce.key_file: %w", err)); got != "salesforce.key_file: /nowhere/key.pem is not there" {
		t.Errorf("got %q", got)
	}
}
