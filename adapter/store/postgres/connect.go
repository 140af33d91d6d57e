package postgres

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// errCopy means that a server only has a copy, or takes nothing.
var errCopy = errors.New("it cannot be written to")

// primaries is what is known of the servers that a DSN names: which one was the primary last, and how often another one has taken over.
type primaries struct {
	names    sync.Map // of hosts, by their addresses
	last     atomic.Pointer[pgconn.FallbackConfig]
	timeline atomic.Uint32 // the highest that was seen; 0 for none
	direct   atomic.Int32
}

// What is kept with a connection.
const (
	ofTimeline = "timeline"
	ofWarnings = "warnings"
	ofUse      = "use"
)

// errOvertaken means that a server was the primary and does not know yet that another one has taken over.
var errOvertaken = errors.New("another server has taken over from this one")

// showTimeline names the server's timeline: it grows whenever a copy becomes the primary. Source: PostgreSQL, Timelines.
const showTimeline = `substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`

// watch has connections be made to primaries only, the one that was it last first: a host that has vanished takes its time to be given up.
func (p *primaries) watch(c *pgx.ConnConfig) {
	look := c.LookupFunc
	c.LookupFunc = func(ctx context.Context, host string) ([]string, error) {
		found, err := look(ctx, host)
		for _, address := range found {
			p.names.Store(address, host)
		}
		return found, err
	}
	c.ValidateConnect = p.validate
	c.OnNotice = func(conn *pgconn.PgConn, n *pgconn.Notice) {
		if n.SeverityUnlocalized == "WARNING" {
			conn.CustomData()[ofWarnings] = n
		}
	}
}

// validate takes a server that can be written to, and from which no other one has taken over.
func (p *primaries) validate(ctx context.Context, conn *pgconn.PgConn) error {
	if err := pgconn.ValidateConnectTargetSessionAttrsReadWrite(ctx, conn); err != nil {
		return fmt.Errorf("%w: %w", errCopy, err)
	}
	if p.direct.Load() == unknown {
		if err := p.meet(ctx, conn); err != nil {
			return err
		}
	}
	shown, err := conn.Exec(ctx, "SELECT "+showTimeline).ReadAll()
	if _, said := errors.AsType[*pgconn.PgError](err); err != nil && !said {
		return err
	}
	if err == nil {
		timeline := timelineOf(string(shown[0].Rows[0][0]))
		if !p.newest(timeline) {
			return errOvertaken
		}
		conn.CustomData()[ofTimeline] = timeline
	}
	if at, ok := conn.Conn().RemoteAddr().(*net.TCPAddr); ok {
		if host, known := p.names.Load(at.IP.String()); known {
			if host, ok := host.(string); ok {
				p.last.Store(&pgconn.FallbackConfig{Host: host, Port: uint16(at.Port)})
			}
		}
	}
	return nil
}

// Whether one speaks to servers themselves.
const (
	unknown = iota
	direct
	pooled
)

// meet finds out whether a server answers itself, or a pooler for it, which has numbers of its own for its sessions.
func (p *primaries) meet(ctx context.Context, conn *pgconn.PgConn) error {
	shown, err := conn.Exec(ctx, "SELECT pg_backend_pid()").ReadAll()
	if err != nil {
		return err
	}
	is := int32(pooled)
	if string(shown[0].Rows[0][0]) == strconv.FormatUint(uint64(conn.PID()), 10) {
		is = direct
	}
	p.direct.CompareAndSwap(unknown, is)
	return nil
}

// prepares says whether statements are prepared.
func (p *primaries) prepares() bool { return p.direct.Load() == direct }

// timelineOf reads what showTimeline shows; 0 if that is nothing.
func timelineOf(shown string) uint32 {
	n, _ := strconv.ParseUint(shown, 16, 32)
	return uint32(n)
}

// newest says whether no later timeline than this one was seen; 0 is unknown.
func (p *primaries) newest(timeline uint32) bool {
	for {
		seen := p.timeline.Load()
		if timeline <= seen {
			return timeline == seen || timeline == 0
		}
		if p.timeline.CompareAndSwap(seen, timeline) {
			return true
		}
	}
}

// choose has the host be tried first that was the primary last, and statements be prepared where sessions last: a server then plans each of
// them once. A pooler gives each transaction another session, and only what a statement looks like can be remembered.
func (p *primaries) choose(_ context.Context, c *pgx.ConnConfig) error {
	c.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	if p.prepares() {
		c.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	}
	last := p.last.Load()
	if last == nil || len(c.Fallbacks) == 0 {
		return nil
	}
	all := append([]*pgconn.FallbackConfig{{Host: c.Host, Port: c.Port, TLSConfig: c.TLSConfig}}, c.Fallbacks...)
	other := func(f *pgconn.FallbackConfig) int {
		if f.Host == last.Host && f.Port == last.Port {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b *pgconn.FallbackConfig) int { return cmp.Compare(other(a), other(b)) })
	c.Host, c.Port, c.TLSConfig, c.Fallbacks = all[0].Host, all[0].Port, all[0].TLSConfig, all[1:]
	return nil
}

// check looks at a connection before it is used again. One that was not used for a while is asked whether it is there, and so are all after
// one was lost: a server that ends takes all with it.
func (b *DB) check(ctx context.Context, conn *pgx.Conn) error {
	c := conn.PgConn()
	kept := c.CustomData()
	if timeline, ok := kept[ofTimeline].(uint32); ok && !b.primaries.newest(timeline) {
		return driver.ErrBadConn
	}
	now, losses := b.clock.Now(), b.losses.Load()
	used, _ := kept[ofUse].(use)
	kept[ofUse] = use{now, losses}
	if used.losses == losses && now.Sub(used.at) < unaskedFor {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	if c.Ping(limited) != nil {
		b.losses.Add(1)
		return driver.ErrBadConn
	}
	return nil
}

// use is when a connection was used last, and how many had been lost then.
type use struct {
	at     time.Time
	losses uint64
}

// unaskedFor is how long a connection may be unused and is taken to be there all the same.
const unaskedFor = time.Second

// dial opens a connection that is nobody else's.
func (b *DB) dial(ctx context.Context) (*pgx.Conn, error) {
	c := b.config.Copy()
	if err := b.primaries.choose(ctx, c); err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, c)
}

// hangUpOn lets go of a connection in whatever state it is.
func hangUpOn(conn *pgx.Conn) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // nobody waits for its goodbye
	_ = conn.Close(ctx)
}
