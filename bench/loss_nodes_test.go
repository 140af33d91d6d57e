package main

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestEachHundredFaultsAreAHundred(t *testing.T) {
	for _, of := range [][]fault{faultsAlone, faultsOfNodes} {
		all := 0
		for _, f := range of {
			all += f.share
		}
		if all != 100 {
			t.Errorf("%d of a hundred", all)
		}
		if how := draw(rand.New(rand.NewPCG(1, 1)), of); how == "" {
			t.Error("nothing is drawn")
		}
	}
}

// echo is a server that says again what it hears.
func echo(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(conn, conn); _ = conn.Close() }()
		}
	}()
	return l.Addr().String()
}

func TestARelayHoldsUpAndRefuses(t *testing.T) {
	to := echo(t)
	r, err := newRelay(func(ctx context.Context) (net.Conn, int, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", to)
		return conn, 7, err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	conn, err := net.Dial("tcp", r.address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	says := func(word string) {
		if _, err := conn.Write([]byte(word)); err != nil {
			t.Fatal(err)
		}
	}
	hears := func(within time.Duration) string {
		heard := make([]byte, 10)
		_ = conn.SetReadDeadline(time.Now().Add(within))
		n, _ := conn.Read(heard)
		return string(heard[:n])
	}
	says("one")
	if got := hears(10 * time.Second); got != "one" || !r.leads(7) || r.leads(8) {
		t.Errorf("heard %q", got)
	}
	r.hold()
	says("two")
	if got := hears(50 * time.Millisecond); got != "" {
		t.Errorf("heard %q while all was held up", got)
	}
	r.release()
	if got := hears(10 * time.Second); got != "two" {
		t.Errorf("heard %q afterwards", got)
	}
	r.refuse()
	if n, err := conn.Read(make([]byte, 1)); err == nil {
		t.Errorf("%d bytes of a connection that was cut", n)
	}
}

func TestABalancerTakesThoseThatAreReady(t *testing.T) {
	var addresses []string
	var ready [2]atomic.Bool
	for i := range ready {
		ready[i].Store(true)
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if !ready[i].Load() {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		}))
		t.Cleanup(s.Close)
		addresses = append(addresses, s.Listener.Addr().String())
	}
	b, err := newBalancer(addresses, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	ready[0].Store(false)
	b.look(t.Context(), 0)
	b.look(t.Context(), 1)
	for range 10 {
		conn, to, err := b.dial(t.Context())
		if err != nil || to != 1 {
			t.Fatalf("to %d: %v", to, err)
		}
		_ = conn.Close()
	}
}

func TestHowLongAnAgentIsWithoutPops(t *testing.T) {
	ring := func(id string, rang, ended int) *call {
		return &call{id: id, inbound: true, record: id, rang: at(rang), ended: at(ended)}
	}
	killed := kill{how: nodeKilled, at: at(10)}
	gone := []edge{{at(0), true}, {at(10), false}, {at(11), true}}
	for _, tc := range []struct {
		name   string
		link   []edge
		calls  []*call
		pops   []popped
		others []kill
		want   int
		is     bool
	}{
		{"no call", gone, nil, nil, nil, 1, true},
		{"a call that rang before", gone, []*call{ring("a", 9, 20)}, []popped{{record: "a", at: at(13)}}, nil, 3, true},
		{"one that had popped before", gone, []*call{ring("a", 7, 20)}, []popped{{record: "a", at: at(8)}}, nil, 1, true},
		{"one that rang late and popped at once", gone, []*call{ring("a", 20, 30)}, []popped{{record: "a", at: at(20)}}, nil, 1, true},
		{"one that rang late and waited", gone, []*call{ring("a", 14, 30)}, []popped{{record: "a", at: at(16)}}, nil, 6, true},
		{"one that waited after another had popped at once", gone, []*call{ring("a", 12, 14), ring("b", 20, 30)},
			[]popped{{record: "a", at: at(12)}, {record: "b", at: at(25)}}, nil, 1, true},
		{"another page stays", []edge{{at(0), true}}, []*call{ring("a", 9, 20)}, []popped{{record: "a", at: at(12)}}, nil, 2, true},
		{"no page comes back", gone[:2], nil, nil, nil, 0, false},
		{"something else is broken, too", gone, nil, nil, []kill{{how: "org hangs", at: at(5), lasts: 6 * time.Second}}, 0, false},
		{"something else was broken long before", gone, nil, nil, []kill{{how: "org hangs", at: at(1), lasts: time.Second}}, 1, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			took, _, is := resumes(killed, tc.link, tc.calls, tc.pops, append(tc.others, killed))
			if is != tc.is || took != time.Duration(tc.want)*time.Second {
				t.Errorf("%s, %v", took, is)
			}
		})
	}
}
