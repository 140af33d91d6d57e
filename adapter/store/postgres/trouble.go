package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// trouble is of what kind an error of the database is.
type trouble uint8

const (
	none      trouble = iota // it is not the database's, or no trouble of its own
	clash                    // with another transaction: the same one again may succeed at once
	taken                    // somebody else has written its row, maybe meanwhile
	replanned                // a statement is not what it was when it was prepared
	away                     // it cannot be written to now: nobody there, no room, no connection, or only a copy of it
	unsure                   // nobody knows whether it was done
	damage                   // what it has on disk is not what it wrote
)

// troubleOf tells errors apart. Source: PostgreSQL, Appendix A, Error Codes.
func troubleOf(err error) trouble {
	if err == nil {
		return none
	}
	switch {
	case errors.Is(err, errUnsure):
		return unsure
	case isOne(err, ours):
		return away
	}
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok {
		return troubleOfCode(failed.Code)
	}
	if isOne(err, losses) {
		return away
	}
	if pgconn.Timeout(err) || pgconn.SafeToRetry(err) {
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

// Errors that mean that nothing can be written now: ours, whatever they are about, and others'.
var (
	ours   = []error{errLost, errCopy, errOvertaken, errWarned}
	losses = []error{driver.ErrBadConn, pgconn.ErrConnClosed, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed,
		context.DeadlineExceeded}
)

func isOne(err error, of []error) bool {
	return slices.ContainsFunc(of, func(one error) bool { return errors.Is(err, one) })
}

func troubleOfCode(code string) trouble {
	switch code {
	case "40001", "40P01", // serialization_failure, deadlock_detected
		"55P03": // lock_not_available
		return clash
	case "23505": // unique_violation
		return taken
	case "0A000", "26000", "42P05": // feature_not_supported: a table changed under a statement; one that is not there, or is already
		return replanned
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

var (
	// errLost means that a connection was lost, and what was to be done on it was not.
	errLost = errors.New("the connection was lost")
	// errUnsure means that a connection was lost, and nobody knows whether what was to be done on it was done.
	errUnsure = database.ErrUnsure
)

// explain names the errors that callers tell apart.
func explain(err error) error {
	switch troubleOf(err) {
	case clash, away, unsure:
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

// unencrypted is what the library says of a server without TLS; it has no other sign of it.
const unencrypted = "server refused TLS connection"

// refused says for a person why a database is not taken; a server says itself what it does not like about who asks.
func refused(name string, err error) error {
	var code string
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok {
		code = failed.Code
	}
	_, unproven := errors.AsType[*tls.CertificateVerificationError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err) // of verify-ca, which looks for itself
	_, silent := errors.AsType[*net.OpError](err)
	_, unnamed := errors.AsType[*net.DNSError](err)
	switch {
	case unproven, unknown:
		return fmt.Errorf("PostgreSQL at %s shows a certificate that sslrootcert does not vouch for, or for another name: name the file of "+
			"its authority by sslrootcert=… in the DSN, and the server as its certificate does: %w", name, err)
	case strings.HasPrefix(code, "28"):
		return fmt.Errorf("PostgreSQL at %s refuses the user or the password, which is the DSN's, PGPASSWORD's or PGPASSFILE's: %w", name, err)
	case code == "3D000":
		return fmt.Errorf("PostgreSQL at %s has no such database: create it, owned by the user whom postgres names: %w", name, err)
	case code == "42501" || code == "3F000":
		return fmt.Errorf("the user whom postgres names may not make tables at %s, or use those that are there: let it own the database, its "+
			"schema and its tables: %w", name, err)
	case code == "53300":
		return fmt.Errorf("PostgreSQL at %s has no connection left: raise max_connections, or put a pooler between: %w", name, err)
	case strings.Contains(err.Error(), unencrypted):
		return fmt.Errorf("PostgreSQL at %s speaks no TLS, which sslmode asks for: give it a certificate and set ssl = on there: %w", name, err)
	case errors.Is(err, errCopy):
		return fmt.Errorf("PostgreSQL at %s cannot be written to: name the primary, or all hosts that may be it: %w", name, err)
	case silent, unnamed:
		return fmt.Errorf("PostgreSQL at %s is not reached: %w", name, err)
	}
	return fmt.Errorf("PostgreSQL at %s: %w", name, err)
}

// saidOfTLS are sentences of the library about a DSN that it could read, and which say nothing of what stands in it; ours for a person.
var saidOfTLS = map[string]string{
	"sslmode is invalid":            "sslmode in the DSN is one of disable, allow, prefer, require, verify-ca and verify-full",
	"unable to add CA to cert pool": "the file that sslrootcert in the DSN names holds no certificate in PEM",
}

// unread says for a person why a DSN cannot be read. It may stand in no error: where it is broken nobody knows which part is the password.
func unread(err error) error {
	const form = "postgres: this is no DSN of PostgreSQL, as postgres://user:password@host/database"
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("postgres: the DSN names a file that cannot be read: %w", failed)
	}
	if _, ok := errors.AsType[*strconv.NumError](err); ok {
		return errors.New("postgres: a number in the DSN, such as pool_max_conns or connect_timeout, is none")
	}
	if inner := errors.Unwrap(err); inner != nil && saidOfTLS[inner.Error()] != "" {
		return errors.New("postgres: " + saidOfTLS[inner.Error()])
	}
	return errors.New(form + ": characters such as @ : / ? # % in the password have to be written as %40 and so on")
}
