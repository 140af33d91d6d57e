package move

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/adapter/store/postgres"
	"github.com/patchcord/patchcord/adapter/store/sqlite"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func inFile(t testing.TB) database.DB {
	t.Helper()
	b, err := sqlite.Open(within(t), filepath.Join(t.TempDir(), "adapter.db"))
	must(t, err)
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func onServer(t testing.TB) database.DB {
	t.Helper()
	b, err := postgres.Open(within(t), pgtest.Shared(t), clock.System{})
	must(t, err)
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// made is a row of made-up values, the same for the same seed. Every tenth is of the shortest.
func (t table) made(seed uint64) row {
	random := rand.New(rand.NewPCG(seed, uint64(len(t.name)))) //nolint:gosec // nothing is secret
	r := make(row, len(t.columns))
	for i, c := range t.columns {
		switch c.kind {
		case text:
			if r[i] = fmt.Sprintf("%s %d żółw 🐢 '\"\\ %x", c.name, seed, random.Uint64()); i >= t.key && seed%10 == 0 && c.name != "user_id" {
				r[i] = ""
			}
		case number:
			if r[i] = random.Int64(); c.name == "live" || c.name == "open" {
				r[i] = random.Int64N(2)
			}
		case real:
			r[i] = random.NormFloat64() * 1e200
		case raw:
			body := make([]byte, random.IntN(400))
			if t.name == "run" && seed == 11 {
				body = make([]byte, sliceBytes+1)
			}
			for j := range body {
				body[j] = byte(random.Uint32())
			}
			if r[i] = body; seed%10 == 0 {
				r[i] = []byte{}
			}
		}
	}
	// What has to be there once only.
	for i, c := range t.columns {
		if t.name == "binding" && c.name == "username" || t.name == "fact" && c.name == "key" || t.name == "state" && c.name == "contact" {
			r[i] = fmt.Sprintf("%s-%d", c.name, seed)
		}
	}
	if t.numbered {
		r[0] = int64(3*seed + 1)
	}
	return r
}

// fill writes n made-up rows into each table.
func fill(t testing.TB, b database.DB, n int) {
	t.Helper()
	for _, table := range tables {
		var rows []row
		for seed := range n {
			rows = append(rows, table.made(uint64(seed)))
		}
		must(t, table.write(within(t), b, rows))
	}
}

// dump reads all rows, each table in an order that hangs on no database.
func dump(t testing.TB, b database.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, table := range tables {
		err := b.Read(within(t), func(ctx context.Context, l database.Line) error {
			all[table.name] = nil
			rows, err := l.Query(ctx, "SELECT "+table.names()+" FROM "+table.name)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				places := table.places()
				if err := rows.Scan(places...); err != nil {
					return err
				}
				all[table.name] = append(all[table.name], fmt.Sprintf("%#v", read(places)))
			}
			return rows.Err()
		})
		must(t, err)
		slices.Sort(all[table.name])
	}
	return all
}

func run(t testing.TB, b database.DB, do func(context.Context, database.Line) error) {
	t.Helper()
	must(t, b.Do(within(t), do))
}

// All that a file keeps is on the server afterwards, and in another file after that, byte by byte.
func TestARoundTripChangesNothing(t *testing.T) {
	const n = 300 // slices that are full, and one that is not
	first, server, second := inFile(t), onServer(t), inFile(t)
	fill(t, first, n)
	want := dump(t, first)
	told := map[string]int64{}
	moved, err := Copy(within(t), first, server, func(p Part) {
		if !p.Checked {
			told[p.Table] = p.Rows
		}
	})
	must(t, err)
	if len(moved) != len(tables) {
		t.Errorf("%d tables were moved, want %d", len(moved), len(tables))
	}
	for _, m := range moved {
		if m.Rows != n || told[m.Name] != n || m.Cleaned != 0 {
			t.Errorf("%+v, told %d, want %d rows", m, told[m.Name], n)
		}
	}
	if diff := cmp.Diff(want, dump(t, server)); diff != "" {
		t.Errorf("on the server (-want +got):\n%.2000s", diff)
	}
	run(t, server, Ahead)
	_, err = Copy(within(t), server, second, nil)
	must(t, err)
	if diff := cmp.Diff(want, dump(t, second)); diff != "" {
		t.Errorf("in the second file (-want +got):\n%.2000s", diff)
	}
}

// New rows get numbers that no row had that came.
func TestNumbersGoOnBeyondThoseThatCame(t *testing.T) {
	first, server := inFile(t), onServer(t)
	fill(t, first, 20)
	_, err := Copy(within(t), first, server, nil)
	must(t, err)
	run(t, server, Ahead)
	for _, table := range tables {
		if !table.numbered {
			continue
		}
		r := table.made(1000)
		err := server.Do(within(t), func(ctx context.Context, l database.Line) error {
			_, others, _ := strings.Cut(table.names(), ", ")
			_, err := l.Exec(ctx, "INSERT INTO "+table.name+" ("+others+") VALUES ("+marks(len(r)-1)+")", r[1:]...)
			return err
		})
		must(t, err)
		err = server.Read(within(t), func(ctx context.Context, l database.Line) error {
			is, err := ask(ctx, l, "SELECT 1 FROM "+table.name+" HAVING max(id) = 59") // 3*19+1, and one more
			if err == nil && !is {
				t.Errorf("%s: the next row has another number than the next", table.name)
			}
			return err
		})
		must(t, err)
	}
}

// What was cut off is not empty, and is moved once it is.
func TestACopyThatWasCutOffBeginsAnew(t *testing.T) {
	first, server := inFile(t), onServer(t)
	fill(t, first, 300)
	ctx, cancel := context.WithCancel(within(t))
	_, err := Copy(ctx, first, server, func(p Part) {
		if p.Table == "run" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "run") {
		t.Errorf("cut off: %v", err)
	}
	empty := func() error { return server.Read(within(t), Empty) }
	if err := empty(); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("half of it is there: %v", err)
	}
	if _, err := Copy(within(t), first, server, nil); err == nil {
		t.Error("a copy over rows that are there succeeded")
	}
	run(t, server, Clear)
	must(t, empty())
	_, err = Copy(within(t), first, server, nil)
	must(t, err)
	if diff := cmp.Diff(dump(t, first), dump(t, server)); diff != "" {
		t.Errorf("the second time (-want +got):\n%.2000s", diff)
	}
}

// A row that somebody writes to either side meanwhile is noticed.
func TestWhoWritesMeanwhileIsNoticed(t *testing.T) {
	for _, side := range []string{"from", "to"} {
		t.Run(side, func(t *testing.T) {
			first, server := inFile(t), onServer(t)
			fill(t, first, 5)
			written := first
			if side == "to" {
				written = server
			}
			var once bool
			_, err := Copy(within(t), first, server, func(p Part) {
				if p.Table == tables[len(tables)-1].name && !p.Checked && !once {
					once = true
					must(t, tables[2].write(within(t), written, []row{tables[2].made(4000)}))
				}
			})
			if !once || !errors.Is(err, ErrDiffers) || !strings.Contains(err.Error(), "fact") {
				t.Errorf("noticed: %v", err)
			}
		})
	}
}

// A text that the server cannot keep comes as near to it as can be, and is counted; what was damaged is as it was, and is counted.
func TestWhatCannotBeKeptIsCounted(t *testing.T) {
	first, server := inFile(t), onServer(t)
	rejection := tables[slices.IndexFunc(tables, func(t table) bool { return t.name == "rejection" })]
	r := rejection.made(1)
	r[4] = "a\x00b\xff"
	must(t, rejection.write(within(t), first, []row{r}))
	moved, err := Copy(within(t), first, server, nil)
	must(t, err)
	if m := moved[slices.IndexFunc(moved, func(m Table) bool { return m.Name == "rejection" })]; m.Cleaned != 1 || m.Damaged != 1 {
		t.Errorf("%+v", m)
	}
	if got := dump(t, server)["rejection"]; len(got) != 1 || !strings.Contains(got[0], "a\uFFFDb\uFFFD") {
		t.Errorf("%s", got)
	}
}

// The list of tables is all that the migrations of either database make, but what is of nodes alone.
func TestTablesAreAllThereAre(t *testing.T) {
	var want []string
	for _, table := range tables {
		for _, c := range table.columns {
			want = append(want, table.name+"."+c.name)
		}
	}
	slices.Sort(want)
	for _, of := range []struct {
		base database.DB
		text string
	}{
		{inFile(t), `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%'`},
		{onServer(t), `SELECT table_name::text, column_name::text FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose%'`},
	} {
		var got []string
		err := of.base.Read(within(t), func(ctx context.Context, l database.Line) error {
			rows, err := l.Query(ctx, of.text)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var table, column string
				if err := rows.Scan(&table, &column); err != nil {
					return err
				}
				if name := table + "." + column; !slices.Contains(ofNodes, table) && !slices.Contains(ofNodes, name) {
					got = append(got, name)
				}
			}
			return rows.Err()
		})
		must(t, err)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-listed +made):\n%s", of.base.Name(), diff)
		}
	}
}
