package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// trouble is of what kind an error of the database is.
type trouble uint8

const (
	none     trouble = iota // it is not the database's, or no trouble of its own
	clash                   // with another transaction: the same one again may succeed at once
	away                    // it cannot be written to now: nobody there, no room, no connection, or only a copy of it
	damage                  // what it has on disk is not what it wrote
	unneeded                // the transaction's asker has gone
)

// troubleOf tells errors apart. Source: PostgreSQL, Appendix A, Error Codes.
func troubleOf(err error) trouble {
	if err == nil {
		return none
	}
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok {
		return troubleOfCode(failed.Code)
	}
	if errors.Is(err, errLost) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) {
		return away
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return away
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return away
	}
	return none
}

func troubleOfCode(code string) trouble {
	switch code {
	case "40001", "40P01", // serialization_failure, deadlock_detected
		"23505", // unique_violation: somebody wrote it meanwhile, and the next attempt sees it
		"55P03": // lock_not_available
		return clash
	case "25006", // read_only_sql_transaction: a copy, or a primary that is none any more
		"25P03", // idle_in_transaction_session_timeout: this process was stopped
		"57014": // query_canceled: it took too long
		return away
	case "XX001", "XX002": // data_corrupted, index_corrupted
		return damage
	}
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58": // connection, insufficient resources, operator intervention, system error
		return away
	}
	return none
}

// errLost means that a connection was lost.
var errLost = errors.New("the connection was lost")

// explain names the errors that callers tell apart.
func explain(err error) error {
	switch troubleOf(err) {
	case clash, away:
		if !errors.Is(err, database.ErrFull) {
			return fmt.Errorf("%w: %w", database.ErrFull, err)
		}
	case damage:
		if !errors.Is(err, database.ErrDamaged) {
			return fmt.Errorf("%w: %w", database.ErrDamaged, err)
		}
	}
	return err
}

// refused says for a person why a database is not taken; a server says itself what it does not like about who asks.
func refused(name string, err error) error {
	failed, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case ok && strings.HasPrefix(failed.Code, "28"):
		return fmt.Errorf("PostgreSQL at %s refuses the user or the password: %w", name, err)
	case ok && failed.Code == "3D000":
		return fmt.Errorf("PostgreSQL at %s has no such database: create it, owned by the user whom postgres names: %w", name, err)
	case ok && failed.Code == "42501":
		return fmt.Errorf("the user whom postgres names may not make tables at %s: let it own its database or its schema: %w", name, err)
	}
	return fmt.Errorf("PostgreSQL at %s: %w", name, err)
}
