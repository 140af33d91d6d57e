package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Replica makes a hot standby of the server and has the server wait for it: from then on a transaction with synchronous_commit=on,
// which is the default, is committed when the replica has it on its disk too. A query at the replica may see it a moment later;
// remote_apply waits for that. A replica that is gone holds up all commits. The server's own settings are the replica's.
func (s *Server) Replica(ctx context.Context) (*Server, error) {
	r, err := prepare(s.config, s.password)
	if err != nil {
		return nil, err
	}
	name := "replica_" + strings.ToLower(rand.Text())
	primary := fmt.Sprintf("host=127.0.0.1 port=%d user=%s password=%s application_name=%s", s.Port, superuser, s.password, name)
	err = r.do(ctx, r.bin, "pg_basebackup", "-D", r.Dir, "-d", primary, "--write-recovery-conf", "--create-slot", "--slot", name,
		"--checkpoint=fast", "--wal-method=stream", "--no-sync")
	if err == nil {
		err = r.begin(ctx)
	}
	if err == nil {
		s.standbys = append(s.standbys, name)
		err = s.awaitStandbys(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("replica: %w", err), r.Close())
	}
	return r, nil
}

// awaitStandbys has the server wait for its replicas at each commit, and returns when it does.
func (s *Server) awaitStandbys(ctx context.Context) error {
	names := fmt.Sprintf("FIRST %d (%s)", len(s.standbys), strings.Join(s.standbys, ", "))
	err := s.ask(ctx, func(conn *pgx.Conn) error {
		if err := configure(ctx, conn, "ALTER SYSTEM SET synchronous_standby_names = '"+names+"'"); err != nil {
			return err
		}
		const query = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync' AND application_name = ANY($1)"
		return until(ctx, "replicas to follow", func(ctx context.Context) error {
			var following int
			err := conn.QueryRow(ctx, query, s.standbys).Scan(&following)
			if err == nil && following < len(s.standbys) {
				err = fmt.Errorf("%d of %d do", following, len(s.standbys))
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	// Commits begin to wait when the checkpointer has read the setting, which nobody tells. It reads settings before it makes a
	// checkpoint, and was told of them before a new connection is taken.
	return s.ask(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "CHECKPOINT")
		return err
	})
}

// Promote makes a replica a primary that waits for no other, and returns when it can be written to.
func (s *Server) Promote(ctx context.Context) error {
	err := s.ask(ctx, func(conn *pgx.Conn) error {
		if err := configure(ctx, conn, "ALTER SYSTEM RESET synchronous_standby_names"); err != nil {
			return err
		}
		var promoted bool
		if err := conn.QueryRow(ctx, "SELECT pg_promote(true, 600)").Scan(&promoted); err != nil {
			return err
		}
		if !promoted {
			return errors.New("the server is still in recovery")
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("promote: %w", err)
	}
	return nil
}

// configure changes a setting, and has the server read it.
func configure(ctx context.Context, conn *pgx.Conn, statement string) error {
	if _, err := conn.Exec(ctx, statement); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "SELECT pg_reload_conf()")
	return err
}

// ask does something with a new connection.
func (s *Server) ask(ctx context.Context, do func(*pgx.Conn) error) error {
	conn, err := s.connect(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(conn), conn.Close(ctx))
}
