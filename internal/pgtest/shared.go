package pgtest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTime is how long a server may take to start on a machine that is busy with other tests.
const startTime = 2 * time.Minute

// The one server of a test's process: it takes a second or two to start, a database a tenth of that. Its guard ends it.
var (
	sharedServer = sync.OnceValues(func() (*Server, error) {
		ctx, cancel := context.WithTimeout(context.Background(), startTime)
		defer cancel()
		return Start(ctx, Config{MaxConnections: 200})
	})
	databases atomic.Int64
)

// Shared is the DSN of a new, empty database, which is dropped after the test. Its server is the same for all tests of a process.
// Where there is no PostgreSQL the test fails: one that is skipped would be missed by nobody.
func Shared(t testing.TB) string {
	t.Helper()
	server, err := sharedServer()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	execute := func(statement string) error {
		ctx, cancel := context.WithTimeout(context.Background(), startTime)
		defer cancel()
		return server.ask(ctx, func(conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, statement)
			return err
		})
	}
	if err := execute("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return server.DSN(name)
}
