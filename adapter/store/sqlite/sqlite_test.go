package sqlite

import (
	"context"
	"testing"

	"github.com/patchcord/patchcord/adapter/store/database"
)

func open(t testing.TB, file string) *DB {
	t.Helper()
	b, err := Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

const putRow = `INSERT INTO state (user_id, contact, at, live, body, sum) VALUES (?, ?, 1, 1, ?, ?)
ON CONFLICT (user_id, contact) DO UPDATE SET body = excluded.body, sum = excluded.sum`

// put keeps a row, durably.
func put(t testing.TB, b *DB, user, contact string, body []byte, value int) {
	t.Helper()
	err := b.Do(context.Background(), func(ctx context.Context, l database.Line) error {
		_, err := l.Exec(ctx, putRow, user, contact, body, value)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// number reads the one number that a question has for an answer; -1 if there is none.
func number(ctx context.Context, l database.Line, text string, args ...any) (n int, err error) {
	rows, err := l.Query(ctx, text, args...)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	if n = -1; rows.Next() {
		err = rows.Scan(&n)
	}
	return n, l.Explain(err)
}

// value is what a row has, or -1.
func value(ctx context.Context, l database.Line, user, contact string) (int, error) {
	return number(ctx, l, `SELECT sum FROM state WHERE user_id = ? AND contact = ?`, user, contact)
}
