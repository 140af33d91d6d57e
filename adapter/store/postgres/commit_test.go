package postgres

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// proxy passes bytes on between clients and a server, until a client commits.
type proxy struct {
	server string
	l      net.Listener
	armed  atomic.Bool
	send   bool // the commit reaches the server
	keep   bool // the server is not told that the client has gone

	mu    sync.Mutex
	conns []net.Conn
	all   sync.WaitGroup
}

// newProxy stands before the server of a DSN, and gives the DSN of itself.
func newProxy(t *testing.T, dsn string, send, keep bool) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &proxy{server: u.Host, l: l, send: send, keep: keep}
	p.all.Go(p.accept)
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			c.Close()
		}
		p.mu.Unlock()
		p.all.Wait()
	})
	u.Host = l.Addr().String()
	return p, u.String()
}

func (p *proxy) accept() {
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, client, server)
		p.mu.Unlock()
		p.all.Go(func() { p.forth(client, server) })
		p.all.Go(func() {
			_, _ = io.Copy(client, server)
			client.Close()
		})
	}
}

// forth passes on what a client says.
func (p *proxy) forth(client, server net.Conn) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if n > 0 && bytes.Contains(buffer[:n], []byte("COMMIT\x00")) && p.armed.CompareAndSwap(true, false) {
			client.Close() // nobody hears the answer
			if p.send {
				_, _ = server.Write(buffer[:n])
			}
			if p.send || p.keep {
				return
			}
			err = io.EOF
		}
		if err != nil {
			server.Close()
			return
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			client.Close()
			return
		}
	}
}

func TestCommitWhoseAnswerIsLost(t *testing.T) {
	for _, c := range []struct {
		name       string
		send, keep bool
		runs       int
	}{
		{"it was committed", true, false, 1},
		{"it never arrived", false, false, 2},
		{"it never arrived, and the server hopes for it", false, true, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Shared(t)
			p, through := newProxy(t, dsn, c.send, c.keep)
			b := open(t, through)
			hasten(b)
			runs := 0
			p.armed.Store(true)
			err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
				runs++
				_, err := l.Exec(ctx, `INSERT INTO done (key) VALUES ('k')`)
				return err
			})
			// A server that hopes for long enough keeps it for longer than anybody is patient.
			if full := errors.Is(err, database.ErrFull); err != nil && (!full || !c.keep) {
				t.Fatal(err)
			}
			want := 1
			if err != nil {
				want, c.runs = 0, 1
			}
			if n := times(t, dsn, "k"); n != want || runs != c.runs {
				t.Errorf("it is there %d times after %d runs, want %d after %d", n, runs, want, c.runs)
			}
		})
	}
}

func TestWhatBecameOfACommit(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	b := open(t, dsn)
	number := func(ends string) string {
		conn := raw(t, dsn)
		_, err := conn.Exec(within(t), "BEGIN")
		must(t, err)
		var known string
		must(t, conn.QueryRow(within(t), "SELECT pg_current_xact_id()::text").Scan(&known))
		if ends != "" {
			_, err = conn.Exec(within(t), ends)
			must(t, err)
		}
		return known
	}
	here := " " + one[string](t, dsn, "SELECT "+showTimeline)
	const elsewhere = " 0000FFFF"
	lost := errors.New("cut")
	for _, c := range []struct {
		name, known string
		want        error
	}{
		{"committed", number("COMMIT") + here, nil},
		{"undone", number("ROLLBACK") + here, errLost},
		{"committed by whoever had the number after a failover", number("COMMIT") + elsewhere, errUnsure},
		{"undone before a failover", number("ROLLBACK") + elsewhere, errLost},
		{"another's number after a failover", number("") + elsewhere, errLost},
		{"a number that nobody had yet", "99999999" + elsewhere, errLost},
		{"a number that was forgotten", "2" + here, nil}, // the bootstrap's
		{"a server that does not show its log", "", errUnsure},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := b.became(within(t), c.known, lost)
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || err != nil && !errors.Is(err, lost) {
				t.Errorf("err = %v, want %v", err, c.want)
			}
		})
	}
}

// What was not acknowledged by the copy is not acknowledged to anybody, whoever breaks off the waiting.
func TestWaitForTheCopyThatIsBrokenOff(t *testing.T) {
	t.Parallel()
	primary := start(t, pgtest.Config{})
	replica, err := primary.Replica(within(t))
	must(t, err)
	closeAfter(t, replica)
	dsn := primary.DSN("postgres")
	b := open(t, dsn)
	b.bounds.commit, b.bounds.ask = 2*time.Second, 2*time.Second
	// One that waits is stopped from outside; it is on the primary's disk then, and may be nowhere else.
	broken := func(key, how string) chan error {
		end := make(chan error, 1)
		must(t, replica.Suspend())
		go func() { end <- act(context.Background(), b, key) }()
		until(t, dsn, "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
		one[bool](t, dsn, "SELECT bool_and("+how+"(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
		until(t, dsn, "SELECT count(*) > 0 FROM done WHERE key = $1", key)
		return end
	}
	for _, how := range []string{"pg_terminate_backend", "pg_cancel_backend"} {
		end := broken(how, how)
		// Whoever asks what became of it waits for the copy, too.
		until(t, dsn, "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
		select {
		case err := <-end:
			t.Errorf("%s: it ended with %v before the copy had it", how, err)
		default:
		}
		replica.Resume()
		must(t, <-end)
		if n := times(t, dsn, how); n != 1 {
			t.Errorf("%s: it is there %d times", how, n)
		}
	}
	must(t, keep(within(t), b, "there"))
	end := broken("nobody resumes", "pg_cancel_backend")
	refusedAsFull(t, b, <-end)
	// What is there already is not acknowledged either, while the copy may not have it.
	refusedAsFull(t, b, keep(within(t), b, "there"))
	replica.Resume()
	isWell(t, b, "resumed")
	if n := times(t, dsn, "nobody resumes"); n != 1 {
		t.Errorf("it is there %d times", n)
	}
}

func TestCommitsAreStrictWhateverTheServerIsSetTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ set, want string }{
		{"off", "on"}, {"local", "on"}, {"remote_write", "on"}, {"on", "on"}, {"remote_apply", "remote_apply"},
	} {
		dsn := pgtest.Shared(t)
		b := open(t, dsn)
		run(t, dsn, "ALTER ROLE patchcord IN DATABASE "+one[string](t, dsn, "SELECT current_database()")+" SET synchronous_commit = "+c.set)
		b.work.SetMaxIdleConns(0) // the setting is of new sessions
		err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
			rows, err := l.Query(ctx, `SELECT current_setting('synchronous_commit')`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var is string
				if err := rows.Scan(&is); err != nil || is != c.want {
					t.Errorf("set to %s: %s, %v; want %s", c.set, is, err, c.want)
				}
			}
			return rows.Err()
		})
		must(t, err)
		if is := one[string](t, dsn, `SELECT current_setting('synchronous_commit')`); !strings.EqualFold(is, c.set) {
			t.Errorf("the test sets it to %s", is)
		}
	}
}
