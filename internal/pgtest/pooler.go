package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Pooler is a PgBouncer in front of one database: many clients share few connections, and each transaction may get another one. Before
// version 1.21 it knows no prepared statements, so that clients must not keep any.
type Pooler struct {
	*program
	Port int // at 127.0.0.1

	path     string // of the program
	server   *Server
	database string
}

// Pooler starts one in transaction mode and waits until the database answers through it.
func (s *Server) Pooler(ctx context.Context, database string) (*Pooler, error) {
	path, err := findPgBouncer()
	if err != nil {
		return nil, err
	}
	program, err := newProgram()
	if err != nil {
		return nil, err
	}
	p := &Pooler{program: program, path: path, server: s, database: database}
	if err := p.begin(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// begin runs the pooler at a free port.
func (p *Pooler) begin(ctx context.Context) error {
	for range 3 {
		var err error
		if p.Port, err = freePort(); err != nil {
			return err
		}
		if err = p.launch(ctx); !errors.Is(err, errEnded) {
			return err
		}
	}
	return errEnded
}

// launch starts the pooler's process and waits until it answers.
func (p *Pooler) launch(ctx context.Context) error {
	settings := filepath.Join(p.folder, "pgbouncer.ini")
	users := filepath.Join(p.folder, "users.txt")
	allowed := fmt.Appendf(nil, "%q %q\n", superuser, p.server.password)
	if err := errors.Join(p.as.write(settings, []byte(p.settings(users))), p.as.write(users, allowed)); err != nil {
		return err
	}
	if err := p.start(p.path, settings); err != nil {
		return err
	}
	return p.await(ctx, "PgBouncer", func(ctx context.Context) error {
		conn, err := p.connect(ctx)
		if err != nil {
			return err
		}
		_, err = conn.Exec(ctx, "SELECT 1")
		return errors.Join(err, conn.Close(ctx))
	})
}

// connect opens a connection that every pooler takes: without prepared statements, and without the options that a person's variables name.
func (p *Pooler) connect(ctx context.Context) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(p.DSN())
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.RuntimeParams = nil
	return pgx.ConnectConfig(ctx, config)
}

// settings is the pooler's file of settings.
func (p *Pooler) settings(users string) string {
	return strings.Join([]string{
		"[databases]",
		fmt.Sprintf("%s = host=127.0.0.1 port=%d user=%s password=%s", p.database, p.server.Port, superuser, p.server.password),
		"[pgbouncer]",
		"listen_addr = 127.0.0.1",
		fmt.Sprintf("listen_port = %d", p.Port),
		"unix_socket_dir =",
		"pool_mode = transaction",
		"auth_type = scram-sha-256",
		"auth_file = " + users,
		"max_client_conn = 1000",
		"server_tls_sslmode = prefer",
		"server_login_retry = 1", // seconds; a server that was down is tried again soon
		"",
	}, "\n")
}

// DSN is the address of the database through the pooler.
func (p *Pooler) DSN() string {
	return address(p.Port, p.server.password, p.database, url.Values{"sslmode": {"disable"}})
}
