// Package move carries all rows of a store from one database into another one, and shows that both have the same then.
//
// Read first: Copy, tables. It does not know what rows mean, nor who may write to a database meanwhile: nobody may.
package move

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/store/database"
)

const (
	// sliceRows and sliceBytes are how much is read and written at once, whichever is reached first.
	sliceRows  = 256
	sliceBytes = 1 << 20
)

// Part is a table that is being moved.
type Part struct {
	Table   string
	Rows    int64 // so far
	Checked bool  // it is being compared
}

// Table is one that was moved.
type Table struct {
	Name    string
	Rows    int64
	Cleaned int64 // rows with a text that not every database keeps: what it could not is written as U+FFFD
	Damaged int64 // rows whose body was no more what its checksum was made of; they are as they were
}

// What a caller may ask of an error.
var (
	// ErrNotEmpty means that a database keeps something.
	ErrNotEmpty = errors.New("it is not empty")
	// ErrDiffers means that in the end the two databases did not have the same.
	ErrDiffers = errors.New("what was written is not what was read")
)

// Copy copies all rows from one database into another one, which is empty, and compares them. tell hears how far it is. Stopped in the
// middle, it leaves what it has written. ErrDiffers if somebody has written to one of them meanwhile.
func Copy(ctx context.Context, from, to database.DB, tell func(Part)) (moved []Table, err error) {
	if tell == nil {
		tell = func(Part) {}
	}
	read := make([]digest, len(tables))
	for i, t := range tables {
		done := Table{Name: t.name}
		err := t.walk(ctx, from, func(rows []row) error {
			for j, r := range rows {
				cleaned, changed := r.clean()
				if changed {
					done.Cleaned++
				}
				if !t.whole(r) {
					done.Damaged++
				}
				read[i].add(cleaned)
				rows[j] = cleaned
			}
			done.Rows += int64(len(rows))
			err := t.write(ctx, to, rows)
			tell(Part{Table: t.name, Rows: done.Rows})
			return err
		})
		if err != nil {
			return moved, fmt.Errorf("%s, after %d rows: %w", t.name, done.Rows, err)
		}
		moved = append(moved, done)
	}
	for i, t := range tables {
		for _, base := range []database.DB{to, from} {
			if err := t.compare(ctx, base, read[i], tell); err != nil {
				return moved, err
			}
		}
	}
	return moved, nil
}

// compare reads a table once more.
func (t table) compare(ctx context.Context, base database.DB, want digest, tell func(Part)) error {
	var got digest
	err := t.walk(ctx, base, func(rows []row) error {
		for _, r := range rows {
			cleaned, _ := r.clean()
			got.add(cleaned)
		}
		tell(Part{Table: t.name, Rows: got.rows, Checked: true})
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s in %s: %w", t.name, base.Name(), err)
	}
	if got != want {
		return fmt.Errorf("%w: %s in %s, %d rows, then %d", ErrDiffers, t.name, base.Name(), want.rows, got.rows)
	}
	return nil
}

// walk reads a table slice by slice.
func (t table) walk(ctx context.Context, base database.DB, do func([]row) error) error {
	var last row
	for {
		rows, err := t.read(ctx, base, last)
		if err != nil || len(rows) == 0 {
			return err
		}
		last = rows[len(rows)-1]
		if err := do(rows); err != nil {
			return err
		}
	}
}

// read reads the rows after one; after nil, the first ones.
func (t table) read(ctx context.Context, base database.DB, after row) (rows []row, err error) {
	var args []any
	if after != nil {
		args = append(args, after[:t.key]...)
	}
	args = append(args, sliceRows)
	err = base.Read(ctx, func(ctx context.Context, l database.Line) error {
		rows = nil
		found, err := l.Query(ctx, t.slice(after == nil), args...)
		if err != nil {
			return err
		}
		defer found.Close()
		places, size := t.places(), 0
		for size < sliceBytes && found.Next() {
			if err := found.Scan(places...); err != nil {
				return err
			}
			r := read(places)
			size += r.size()
			rows = append(rows, r)
		}
		return l.Explain(found.Err())
	})
	return rows, err
}

// together are how many rows are written by one statement: few texts, so that they are prepared once.
var together = []int{64, 8, 1}

// write makes rows durable, all of them or none.
func (t table) write(ctx context.Context, base database.DB, rows []row) error {
	return base.Do(ctx, func(ctx context.Context, l database.Line) error {
		rest := rows
		for _, n := range together {
			for ; len(rest) >= n; rest = rest[n:] {
				args := make([]any, 0, n*len(t.columns))
				for _, r := range rest[:n] {
					args = append(args, r...)
				}
				if _, err := l.Exec(ctx, t.insert(n), args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Empty is ErrNotEmpty if a table has a row.
func Empty(ctx context.Context, l database.Line) error {
	for _, t := range tables {
		where := ""
		if t.kept != "" {
			where = " WHERE " + t.kept
		}
		found, err := ask(ctx, l, "SELECT 1 FROM "+t.name+where+" LIMIT 1")
		if err != nil {
			return err
		}
		if found {
			return fmt.Errorf("%w: its table %s has rows", ErrNotEmpty, t.name)
		}
	}
	return nil
}

// ask has a question answered, and says whether there was an answer.
func ask(ctx context.Context, l database.Line, text string) (found bool, err error) {
	rows, err := l.Query(ctx, text)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	found = rows.Next()
	return found, l.Explain(rows.Err())
}

// Clear takes all rows out of the tables of a database on a server.
func Clear(ctx context.Context, l database.Line) error {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name
	}
	_, err := l.Exec(ctx, "TRUNCATE "+strings.Join(names, ", "))
	return err
}

// Ahead has a server number new rows beyond those that it has. Source: PostgreSQL, Sequence Manipulation Functions.
func Ahead(ctx context.Context, l database.Line) error {
	for _, t := range tables {
		if !t.numbered {
			continue
		}
		next := "coalesce((SELECT max(id) FROM " + t.name + "), 0) + 1"
		if _, err := ask(ctx, l, "SELECT setval(pg_get_serial_sequence('"+t.name+"', 'id'), "+next+", false)"); err != nil {
			return err
		}
	}
	return nil
}
