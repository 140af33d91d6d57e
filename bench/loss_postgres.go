package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/patchcord/patchcord/internal/pgtest"
)

// servers are a PostgreSQL primary, and a replica that has all that is committed. Each has a place that stays when they change.
type servers struct {
	turn    sync.Mutex // held by whoever does something to them
	refills sync.WaitGroup

	mu      sync.Mutex // guards what follows
	places  [2]*pgtest.Server
	primary int
	failed  error // why there is no replica any more
}

func startServers(ctx context.Context) (*servers, error) {
	primary, err := pgtest.Start(ctx, pgtest.Config{Durable: true, MaxConnections: 300})
	if err != nil {
		return nil, err
	}
	replica, err := primary.Replica(ctx)
	if err != nil {
		return nil, errors.Join(err, primary.Close())
	}
	return &servers{places: [2]*pgtest.Server{primary, replica}}, nil
}

func (s *servers) close() (err error) {
	s.refills.Wait()
	for _, one := range s.places {
		if one != nil {
			err = errors.Join(err, one.Close())
		}
	}
	return err
}

// now is the primary, and the replica; nil while there is none.
func (s *servers) now() (primary, replica *pgtest.Server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.places[s.primary], s.places[1-s.primary]
}

// dial connects to whoever is at a place.
func (s *servers) dial(ctx context.Context, place int) (net.Conn, int, error) {
	s.mu.Lock()
	there := s.places[place]
	s.mu.Unlock()
	if there == nil {
		return nil, 0, errors.New("no server is there")
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", "127.0.0.1:"+strconv.Itoa(there.Port))
	return conn, place, err
}

// dsn names the database at the addresses of two places.
func (s *servers) dsn(places ...string) string {
	primary, _ := s.now()
	u, err := url.Parse(primary.DSN("postgres"))
	if err != nil {
		panic(err) // it was written by url.URL
	}
	u.Host = places[0] + "," + places[1]
	return u.String()
}

// direct is the DSN of the primary itself.
func (s *servers) direct() string {
	primary, _ := s.now()
	return primary.DSN("postgres")
}

func (s *servers) restart(ctx context.Context) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	primary, _ := s.now()
	return primary.Restart(ctx)
}

// pause has the primary stand still for a while.
func (s *servers) pause(ctx context.Context, lasts time.Duration) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	primary, _ := s.now()
	err := primary.Suspend()
	wait(ctx, lasts)
	primary.Resume()
	return err
}

// hangUp has the primary close all its clients' connections.
func (s *servers) hangUp(ctx context.Context) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	conn, err := pgx.Connect(ctx, s.direct())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`)
	return errors.Join(err, conn.Close(ctx))
}

// failOver kills the primary and, when somebody has noticed, promotes the replica. A new one is made meanwhile: replicated waits for it.
func (s *servers) failOver(ctx context.Context, noticed time.Duration) (promoted time.Time, err error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	old, next := s.now()
	if err := old.Kill(); err != nil {
		return promoted, err
	}
	wait(ctx, noticed)
	if err := next.Promote(ctx); err != nil {
		return promoted, err
	}
	promoted = time.Now()
	s.mu.Lock()
	s.places[s.primary] = nil
	s.primary = 1 - s.primary
	s.mu.Unlock()
	s.refills.Go(func() {
		s.turn.Lock()
		defer s.turn.Unlock()
		replica, err := next.Replica(context.WithoutCancel(ctx))
		s.mu.Lock()
		defer s.mu.Unlock()
		s.places[1-s.primary] = replica
		s.failed = errors.Join(err, old.Close())
	})
	return promoted, nil
}

// replicated waits until there is a replica, and says what keeps it.
func (s *servers) replicated() error {
	s.refills.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return fmt.Errorf("no new replica: %w", s.failed)
	}
	return nil
}
