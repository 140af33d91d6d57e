// Package journal keeps every event safe before anything acts on it, and hands it to consumers until they have dealt with it.
//
// Read first: Open, Journal, Record. It is an embedded JetStream stream; it knows nothing of flows or of the CRM.
package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	stream      = "EVENTS"
	subject     = "event."
	deadStream  = "DEAD"
	deadSubject = "dead."
	keep        = 7 * 24 * time.Hour
	maxBytes    = 1 << 30
	window      = 12 * time.Hour // within which the same record is kept once
	startup     = 10 * time.Second
)

// Record is one event as it is kept.
type Record struct {
	UserID string     `json:"userId"` // CRM user of the page that told it
	Page   string     `json:"page"`
	Event  wire.Event `json:"event"`
}

// id is the same for the same occurrence, whichever tab tells it and however often.
func (r Record) id() string { return r.UserID + "|" + r.Event.Key }

// Config says where records are kept.
type Config struct {
	Dir string // "" keeps them in memory
	Log *slog.Logger
}

// Journal is the stream. It is safe for concurrent use.
type Journal struct {
	server *server.Server
	conn   *nats.Conn
	js     jetstream.JetStream
	log    *slog.Logger
}

// Open starts the embedded server; Close ends it.
func Open(ctx context.Context, cfg Config) (*Journal, error) {
	srv, err := server.NewServer(&server.Options{
		ServerName: "patchcord", DontListen: true, JetStream: true, StoreDir: cfg.Dir, NoSigs: true, NoLog: true,
		// An acknowledged record must survive power loss, so it is flushed before it is acknowledged.
		SyncAlways: true, JetStreamMaxMemory: 256 << 20, JetStreamMaxStore: 4 * maxBytes,
	})
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	go srv.Start()
	if !srv.ReadyForConnections(startup) {
		srv.Shutdown()
		return nil, errors.New("journal: the embedded server did not start")
	}
	j := &Journal{server: srv, log: cfg.Log}
	if err := j.connect(ctx, cfg.Dir == ""); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, nil
}

func (j *Journal) connect(ctx context.Context, memory bool) error {
	var err error
	if j.conn, err = nats.Connect("", nats.InProcessServer(j.server), nats.MaxReconnects(-1)); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if j.js, err = jetstream.New(j.conn); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	storage := jetstream.FileStorage
	if memory {
		storage = jetstream.MemoryStorage
	}
	for name, subjects := range map[string]string{stream: subject + ">", deadStream: deadSubject + ">"} {
		_, err := j.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
			Name: name, Subjects: []string{subjects}, Storage: storage, MaxAge: keep, MaxBytes: maxBytes / 8, Duplicates: window,
		})
		if err != nil {
			return fmt.Errorf("journal: stream %s: %w", name, err)
		}
	}
	return nil
}

// Close ends the server; what was appended stays.
func (j *Journal) Close() error {
	if j.conn != nil {
		j.conn.Close()
	}
	j.server.Shutdown()
	j.server.WaitForShutdown()
	return nil
}

// Append keeps a record and returns once it is durable. The same occurrence is kept once.
func (j *Journal) Append(ctx context.Context, r Record) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("append: %w", err)
	}
	if _, err := j.js.Publish(ctx, subject+r.Event.Source, body, jetstream.WithMsgID(r.id())); err != nil {
		return fmt.Errorf("append: %w", err)
	}
	return nil
}

// Consumer is one way of dealing with records.
type Consumer struct {
	Name     string // durable: it goes on where it stopped
	Parallel int    // records under way at once
	Tries    int    // after which a record goes to the dead letters
	Within   time.Duration
	// Lane names the records that are handled one after another, in the order in which they were appended; "" is none. nil is none for all.
	Lane   func(Record) string
	Handle func(context.Context, Record) error
}

// Later is an error of a record that waits for a person: it comes back until the stream forgets it, and is never given up.
type Later struct{ Err error }

// Error is what it waits for.
func (e *Later) Error() string { return e.Err.Error() }

// Unwrap is what it waits for.
func (e *Later) Unwrap() error { return e.Err }

const (
	longestPause = 30 * time.Second
	maxWaiting   = 4096 // records of a consumer that are not acknowledged: under way, or to come back
)

// Run hands records to a consumer until ctx ends, and returns when those under way are done. A record whose handling fails comes back
// after a growing pause.
func (j *Journal) Run(ctx context.Context, c Consumer) error {
	durable, err := j.js.CreateOrUpdateConsumer(ctx, stream, jetstream.ConsumerConfig{
		Durable: c.Name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: c.Within + 5*time.Second, MaxAckPending: maxWaiting,
	})
	if ctx.Err() != nil {
		return nil // ended before it began
	}
	if err != nil {
		return fmt.Errorf("journal: consumer %s: %w", c.Name, err)
	}
	var under sync.WaitGroup
	defer under.Wait()
	slots := make(chan struct{}, c.Parallel)
	lanes := lanes{last: map[string]chan struct{}{}}
	running, err := durable.Consume(func(m jetstream.Msg) {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		var r Record
		if err := json.Unmarshal(m.Data(), &r); err != nil {
			<-slots
			j.bury(ctx, c, m, err)
			return
		}
		turn := lanes.join(c.lane(r))
		under.Go(func() {
			defer func() { <-slots }()
			defer turn.end()
			if turn.wait(ctx) {
				_ = m.InProgress() // the time in the queue is not the handler's
				j.handle(ctx, c, m, r)
			}
		})
	}, jetstream.PullMaxMessages(c.Parallel))
	if err != nil {
		return fmt.Errorf("journal: consumer %s: %w", c.Name, err)
	}
	<-ctx.Done()
	running.Stop()
	<-running.Closed()
	return nil
}

func (j *Journal) handle(ctx context.Context, c Consumer, m jetstream.Msg, r Record) {
	limited, cancel := context.WithTimeout(ctx, c.Within)
	defer cancel()
	err := c.Handle(limited, r)
	meta, metaErr := m.Metadata()
	switch {
	case err == nil:
		err = m.DoubleAck(context.WithoutCancel(ctx))
		if err != nil {
			j.log.WarnContext(ctx, "record not acknowledged", "consumer", c.Name, "err", err)
		}
	case ctx.Err() != nil:
		return // it comes back after the restart
	case metaErr == nil && meta.NumDelivered >= uint64(c.Tries) && !waits(err):
		j.bury(ctx, c, m, err)
	default:
		tried := uint64(1)
		if metaErr == nil {
			tried = meta.NumDelivered
		}
		j.log.WarnContext(ctx, "record comes back", "consumer", c.Name, "contact", contactOf(r), "tries", tried, "err", err)
		_ = m.NakWithDelay(min(time.Duration(min(tried, 100))*time.Duration(min(tried, 100))*500*time.Millisecond, longestPause))
	}
}

func waits(err error) bool {
	_, ok := errors.AsType[*Later](err)
	return ok
}

func contactOf(r Record) string {
	if r.Event.Contact == nil {
		return ""
	}
	return r.Event.Contact.ContactID
}

// bury moves a record to the dead letters.
func (j *Journal) bury(ctx context.Context, c Consumer, m jetstream.Msg, why error) {
	j.log.ErrorContext(ctx, "record given up", "consumer", c.Name, "err", why)
	letter := nats.NewMsg(deadSubject + c.Name)
	letter.Data = m.Data()
	letter.Header.Set("Reason", why.Error())
	if _, err := j.js.PublishMsg(context.WithoutCancel(ctx), letter); err != nil {
		_ = m.NakWithDelay(time.Second)
		return
	}
	_ = m.Term()
}

// Dead counts the records that were given up.
func (j *Journal) Dead(ctx context.Context) (uint64, error) {
	s, err := j.js.Stream(ctx, deadStream)
	if err != nil {
		return 0, err
	}
	info, err := s.Info(ctx)
	if err != nil {
		return 0, err
	}
	return info.State.Msgs, nil
}
