package pgtest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/patchcord/patchcord/internal/leak"
)

// within bounds a test that waits for servers.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func start(t *testing.T, config Config) *Server {
	t.Helper()
	s, err := Start(within(t), config)
	if err != nil {
		t.Fatal(err)
	}
	closeAfter(t, s)
	return s
}

func closeAfter(t *testing.T, s interface{ Close() error }) {
	t.Helper()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// execute runs statements, each in a transaction of its own.
func execute(t *testing.T, s *Server, statements ...string) {
	t.Helper()
	err := s.ask(within(t), func(conn *pgx.Conn) error {
		for _, statement := range statements {
			if _, err := conn.Exec(within(t), statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// one is the only value that a query finds.
func one(t *testing.T, s *Server, query string) string {
	t.Helper()
	var value string
	if err := s.ask(within(t), func(conn *pgx.Conn) error { return conn.QueryRow(within(t), query).Scan(&value) }); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func is(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCommittedRowsOutliveACrash(t *testing.T) {
	leak.Check(t)
	s := start(t, Config{Durable: true, MaxConnections: 30, Settings: map[string]string{"work_mem": "1MB"}})
	is(t, one(t, s, "SELECT current_setting('fsync') || current_setting('max_connections') || current_setting('work_mem')"), "on301MB")
	is(t, one(t, s, "SELECT current_setting('server_encoding') || ' ' || current_setting('timezone')"), "UTF8 UTC")

	execute(t, s, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('before the crash')")
	must(t, s.Kill())
	if left := processes(s.Dir); len(left) > 0 {
		t.Errorf("processes %v outlive the crash", left)
	}
	must(t, s.Restart(within(t)))
	is(t, one(t, s, "SELECT word FROM kept"), "before the crash")

	must(t, s.Stop(within(t)))
	must(t, s.Restart(within(t)))
	must(t, s.Restart(within(t)))
	is(t, one(t, s, "SELECT word FROM kept"), "before the crash")
}

func TestSuspendedServerSaysNothingUntilItGoesOn(t *testing.T) {
	leak.Check(t)
	s := start(t, Config{TLS: true})
	conn, err := s.connect(within(t))
	must(t, err)
	defer conn.Close(context.Background())
	var encrypted bool
	must(t, conn.QueryRow(within(t), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Scan(&encrypted))
	if !encrypted {
		t.Error("the connection is not encrypted")
	}

	must(t, s.Suspend())
	answered := make(chan error, 1)
	go func() {
		_, err := conn.Exec(within(t), "SELECT 1")
		answered <- err
	}()
	select {
	case err := <-answered:
		t.Errorf("a suspended server answered: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	s.Resume()
	must(t, <-answered)

	must(t, s.Suspend())
	must(t, s.Stop(within(t))) // one that stands still is woken to be stopped
}

func TestReplicaTakesOver(t *testing.T) {
	leak.Check(t)
	primary := start(t, Config{Durable: true})
	execute(t, primary, "CREATE TABLE kept (word text)")
	replica, err := primary.Replica(within(t))
	must(t, err)
	closeAfter(t, replica)

	execute(t, primary, "SET synchronous_commit = remote_apply", "INSERT INTO kept VALUES ('both have it')")
	is(t, one(t, replica, "SELECT word FROM kept"), "both have it")

	must(t, replica.Suspend())
	held, cancel := context.WithTimeout(within(t), 300*time.Millisecond)
	defer cancel()
	err = primary.ask(within(t), func(conn *pgx.Conn) error {
		_, err := conn.Exec(held, "INSERT INTO kept VALUES ('nobody was told')")
		return err
	})
	if err == nil {
		t.Error("a commit did not wait for the replica")
	}
	replica.Resume()

	execute(t, primary, "DELETE FROM kept", "INSERT INTO kept VALUES ('committed last')")
	must(t, primary.Kill())
	must(t, replica.Promote(within(t)))
	is(t, one(t, replica, "SELECT word FROM kept"), "committed last")
	execute(t, replica, "INSERT INTO kept VALUES ('written alone')")

	next, err := replica.Replica(within(t))
	must(t, err)
	closeAfter(t, next)
	is(t, one(t, next, "SELECT count(*)::text FROM kept"), "2")
}

func TestPoolerAnswers(t *testing.T) {
	leak.Check(t)
	s := start(t, Config{})
	p, err := s.Pooler(within(t), "postgres")
	must(t, err)
	closeAfter(t, p)
	conn, err := p.connect(within(t))
	must(t, err)
	var port int
	must(t, conn.QueryRow(within(t), "SELECT current_setting('port')::int").Scan(&port))
	if port != s.Port || p.Port == s.Port {
		t.Errorf("the server at port %d answers, want %d behind %d", port, s.Port, p.Port)
	}
	must(t, conn.Close(within(t)))
	must(t, p.Stop(within(t)))
}

func TestSharedDatabasesAreEmptyAndApart(t *testing.T) {
	fill := func(t *testing.T, dsn string) {
		conn, err := pgx.Connect(within(t), dsn)
		must(t, err)
		defer conn.Close(context.Background())
		_, err = conn.Exec(within(t), "CREATE TABLE only_here (word text)")
		must(t, err)
	}
	fill(t, Shared(t))
	fill(t, Shared(t))
}

func TestServerEndsWithAProcessThatIsKilled(t *testing.T) {
	const asChild = "PATCHCORD_PGTEST_CHILD"
	if os.Getenv(asChild) != "" {
		Shared(t)
		server, _ := sharedServer()
		fmt.Println(server.folder)
		select {} // until it is killed
	}
	child := exec.CommandContext(within(t), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), asChild+"=1")
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the child says nothing: %v, %v", lines.Err(), child.Wait())
	}
	folder := lines.Text()
	if len(processes(folder)) == 0 {
		t.Fatalf("no server works in %q", folder)
	}
	must(t, child.Process.Kill())
	_ = child.Wait() // says that it was killed
	must(t, until(within(t), "the server to end", func(context.Context) error {
		if left := processes(folder); len(left) > 0 {
			return fmt.Errorf("processes %v are left", left)
		}
		if _, err := os.Stat(folder); !os.IsNotExist(err) {
			return fmt.Errorf("%s is left: %v", folder, err)
		}
		return nil
	}))
}
