package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	loadBatch     = 20_000 // rows a transaction, so that memory is bounded and others get their turn
	maxBound      = 32_000 // values that one statement may bind
	loadStatement = 1_000  // rows a statement
)

// Load is many records of one object that are made up rather than typed in.
type Load struct {
	Object string
	Rows   int                // that there shall be
	Row    func(i int) Values // the ith; all with the same fields
}

// Load adds the rows that are not there yet, fast: the same checks and indexes as Create, but few statements for many rows. They are
// committed in batches with their count, so that a load that was cut short, or is asked for again, goes on where it stopped. told
// hears of each batch.
func (s *Store) Load(ctx context.Context, l Load, told func(done int)) error {
	done := 0
	err := s.read.QueryRowContext(ctx, `SELECT done FROM load WHERE object = ?`, l.Object).Scan(&done)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("load %s: %w", l.Object, err)
	}
	for done < l.Rows {
		next := min(l.Rows, done+loadBatch)
		if err := s.Write(ctx, func(t *Tx) error { return t.load(ctx, l, done, next) }); err != nil {
			return fmt.Errorf("load %s: %w", l.Object, err)
		}
		done = next
		told(done)
	}
	return nil
}

// loadedIDs are where the numbers of loaded records begin; records that people make never come so far.
const loadedIDs = 1 << 40

// LoadedID is the id of the ith record that Load makes of an object, "" for an object that is not there.
func (s *Store) LoadedID(object string, i int) schema.RecordID {
	of, ok := s.Schema().Object(object)
	if !ok {
		return ""
	}
	return schema.NewID(of.KeyPrefix, s.pod, loadedIDs+int64(i))
}

// bulk is rows for one table.
type bulk struct {
	into    string // INSERT INTO …, up to VALUES
	columns int
	values  []any
}

func (b *bulk) add(values ...any) { b.values = append(b.values, values...) }

// write sends the rows in statements of bounded size.
func (b *bulk) write(ctx context.Context, db Querier) error {
	mark := ",(?" + strings.Repeat(",?", b.columns-1) + ")"
	for part := range slices.Chunk(b.values, b.columns*min(loadStatement, maxBound/b.columns)) {
		if _, err := db.ExecContext(ctx, b.into+` VALUES `+strings.Repeat(mark, len(part)/b.columns)[1:], part...); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) load(ctx context.Context, l Load, from, to int) error {
	a := t.As(rights.All(t.Store.SystemUser()))
	o, err := a.object(l.Object)
	if err != nil {
		return err
	}
	defer t.RememberReferences()()
	now := t.Store.Now().UTC().Format(Stored)
	var fields []schema.Field
	var numbers [][3]string
	records := &bulk{}
	words := &bulk{into: `INSERT INTO words (rowid, name, body)`, columns: 3}
	for i := from; i < to; i++ {
		id := schema.NewID(o.KeyPrefix, t.Store.pod, loadedIDs+int64(i))
		row, err := t.fresh(ctx, a, o, id, l.Row(i), now)
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		if fields == nil {
			fields = slices.DeleteFunc(slices.Clone(o.Fields), func(f schema.Field) bool { _, has := row[f.Name]; return !has })
			// Whatever fails takes the whole batch back, so a statement need not be able to undo itself.
			records.into, records.columns = `INSERT OR FAIL INTO `+schema.Table(o.Name)+` (`+columns(fields)+`)`, len(fields)
		}
		if len(row) != len(fields) {
			return fmt.Errorf("row %d: it has other fields than the first", i)
		}
		for _, f := range fields {
			records.add(row[f.Name])
		}
		if !o.Searchable {
			continue
		}
		name, body, phones := searchable(o, row)
		words.add(wordRow(id), name, body)
		for _, p := range phones {
			numbers = append(numbers, [3]string{p.rev, string(id), p.field})
		}
	}
	t.changes = append(t.changes, Change{Object: o.Name})
	_, err = t.DB.ExecContext(ctx, `INSERT INTO load (object, done) VALUES (?, `+
		`?) ON CONFLICT (object) DO UPDATE SET done = excluded.done`, l.Object, to)
	return errors.Join(err, records.write(ctx, t.DB), t.loadNumbers(ctx, o, numbers), words.write(ctx, t.DB))
}

// loadNumbers writes the digits of telephone numbers in the order of their index, which is far from the order of records.
func (t *Tx) loadNumbers(ctx context.Context, o schema.Object, numbers [][3]string) error {
	slices.SortFunc(numbers, func(a, b [3]string) int { return strings.Compare(a[0], b[0]) })
	phones := &bulk{into: `INSERT OR IGNORE INTO phone (rev, object, id, field)`, columns: 4}
	for _, n := range numbers {
		phones.add(n[0], o.Name, n[1], n[2])
	}
	return phones.write(ctx, t.DB)
}

func columns(fields []schema.Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = schema.Column(f.Name)
	}
	return strings.Join(names, ", ")
}
