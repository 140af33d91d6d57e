// Package pgtest starts real PostgreSQL servers for tests and measurements, from Debian's package, on 127.0.0.1.
//
// Read first: Shared, for a test that needs a database; Start, for one that stops, crashes or replicates a server. What is started ends
// with the process that started it, however that ends, and leaves nothing behind. It knows neither calls nor CRM.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// superuser is who clients are; each server has only this user.
const superuser = "patchcord"

// Config says how a server runs. Its zero value is a server that is quick rather than safe.
type Config struct {
	// Durable flushes to the disk, as in production. Without it only a crash of the machine loses rows; Kill does not.
	Durable bool
	// TLS gives the server a certificate, which DSN has clients check.
	TLS bool
	// MaxConnections is how many clients it takes; 0 is 100.
	MaxConnections int
	// Settings are further ones of postgresql.conf, by name; they go before ours.
	Settings map[string]string
}

// Server is one PostgreSQL server. Keep it until it may end. Its methods are for one goroutine at a time, except DSN and Log.
type Server struct {
	*program
	Dir  string // data folder
	Port int    // at 127.0.0.1; the same for the server's whole life

	config   Config
	bin      string // folder of its programs
	password string
	standbys []string // names of the replicas that a commit waits for
}

// Start makes an empty server and waits until it answers.
func Start(ctx context.Context, config Config) (*Server, error) {
	s, err := prepare(config, rand.Text())
	if err != nil {
		return nil, err
	}
	if err := s.initialise(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare makes the folders of a server that has no data yet.
func prepare(config Config, password string) (*Server, error) {
	bin, err := Find()
	if err != nil {
		return nil, err
	}
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	s := &Server{program: p, Dir: p.home, config: config, bin: bin, password: password}
	if config.TLS {
		if err := s.certify(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// initialise writes the data folder of a new server, with text as UTF-8 and in no country's order.
func (s *Server) initialise(ctx context.Context) error {
	password := filepath.Join(s.folder, "password")
	if err := s.as.write(password, []byte(s.password)); err != nil {
		return err
	}
	return s.do(ctx, s.bin, "initdb", "-D", s.Dir, "--locale=C", "-E", "UTF8", "-U", superuser,
		"--auth=scram-sha-256", "--pwfile="+password, "--no-sync", "--no-instructions")
}

// begin runs the server at a free port. Another program may take the port first: then it tries others.
func (s *Server) begin(ctx context.Context) error {
	var err error
	for range 3 {
		if s.Port, err = freePort(); err != nil {
			return err
		}
		if err = s.launch(ctx); !errors.Is(err, errEnded) {
			return err
		}
	}
	return err
}

// Restart stops the server unless it was stopped or killed, and starts it again with the same data at the same port.
func (s *Server) Restart(ctx context.Context) error {
	if err := s.Stop(ctx); err != nil {
		return err
	}
	return s.launch(ctx)
}

// launch starts the server's process and waits until it takes clients.
func (s *Server) launch(ctx context.Context) error {
	if err := s.start(filepath.Join(s.bin, "postgres"), s.arguments()...); err != nil {
		return err
	}
	return s.await(ctx, "PostgreSQL", func(ctx context.Context) error {
		conn, err := s.connect(ctx)
		if err != nil {
			return err
		}
		return conn.Close(ctx)
	})
}

// arguments are the settings, on the command line: a replica copies its primary's files, and must not copy these.
func (s *Server) arguments() []string {
	connections := s.config.MaxConnections
	if connections == 0 {
		connections = 100
	}
	durable := "off"
	if s.config.Durable {
		durable = "on"
	}
	args := []string{"-D", s.Dir}
	set := func(name, value string) { args = append(args, "-c", name+"="+value) }
	set("listen_addresses", "127.0.0.1")
	set("port", strconv.Itoa(s.Port))
	set("unix_socket_directories", "") // a socket's path may be too long below some folders
	set("max_connections", strconv.Itoa(connections))
	set("shared_buffers", "16MB")
	set("dynamic_shared_memory_type", "mmap") // in the data folder, so that a killed server leaves none behind
	set("fsync", durable)
	set("full_page_writes", durable)
	set("wal_retrieve_retry_interval", "100ms") // a replica finds a primary that was restarted at once
	set("timezone", "UTC")
	set("log_timezone", "UTC")
	if s.config.TLS {
		set("ssl", "on")
		set("ssl_cert_file", s.certificate())
		set("ssl_key_file", s.key())
	}
	for name, value := range s.config.Settings {
		set(name, value)
	}
	return args
}

// DSN is the address of a database of the server, with the superuser's name and password.
func (s *Server) DSN(database string) string {
	query := url.Values{"sslmode": {"disable"}}
	if s.config.TLS {
		query = url.Values{"sslmode": {"verify-full"}, "sslrootcert": {s.certificate()}}
	}
	return address(s.Port, s.password, database, query)
}

// address is a DSN in the form of a URL.
func address(port int, password, database string, query url.Values) string {
	dsn := url.URL{Scheme: "postgres", User: url.UserPassword(superuser, password), Host: fmt.Sprintf("127.0.0.1:%d", port),
		Path: "/" + database, RawQuery: query.Encode()}
	return dsn.String()
}

// connect opens a connection to the database that each server has.
func (s *Server) connect(ctx context.Context) (*pgx.Conn, error) {
	return pgx.Connect(ctx, s.DSN("postgres"))
}

// poll is how often is asked whether something has come about.
const poll = 20 * time.Millisecond

// until asks again and again whether something has come about, and says at the end of ctx what was last wrong.
func until(ctx context.Context, what string, done func(context.Context) error) error {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		err := done(ctx)
		if err == nil || errors.Is(err, errEnded) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w (%w)", what, ctx.Err(), err)
		case <-tick.C:
		}
	}
}

// tail is the end of a log, for an error that says why a program did not run.
func tail(name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}
