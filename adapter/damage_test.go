package adapter

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// openOn is a middle on a file, which begins.
func (m *middle) openOn(file string) {
	m.t.Helper()
	s, err := store.Open(context.Background(), file)
	if err != nil {
		m.t.Fatal(err)
	}
	m.base, m.disk = s, s
	m.begin()
}

// A damaged run is given up with a sentence, a damaged state is named, and everything beside them goes on.
func TestDamagedRowsStopNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "adapter.db")
		m := newMiddle(t)
		m.page.leave()
		m.openOn(file)
		for _, id := range []string{"c-1", "c-2", "c-3"} {
			m.tell(connecting(id))
		}
		m.tell(connected("c-3"))
		m.tell(ended("c-3")) // its Task waits for its flow
		m.end()
		if err := m.base.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)")
		if err != nil {
			t.Fatal(err)
		}
		for _, damage := range []string{
			`UPDATE run SET body = CAST('[' || substr(body, 2) AS BLOB) WHERE contact = 'c-1'`,
			`UPDATE fact SET body = CAST('[' || substr(body, 2) AS BLOB) WHERE key LIKE 'c-1%'`,
			`UPDATE state SET body = CAST('[' || substr(body, 2) AS BLOB) WHERE contact = 'c-3'`,
		} {
			if r, err := db.Exec(damage); err != nil {
				t.Fatal(err)
			} else if n, _ := r.RowsAffected(); n == 0 {
				t.Fatal("nothing is damaged")
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		m.openOn(file)
		m.page.comeBack()
		rest(time.Minute)
		var given store.Run
		err = m.base.View(context.Background(), func(tx *store.Tx) error {
			all, err := tx.RunsOf("c-1", 1)
			given = all[0]
			return err
		})
		if err != nil || given.Status != store.GivenUp || !strings.Contains(given.Problem, "damaged") {
			t.Errorf("the damaged run: %+v, %v", given, err)
		}
		if runs := m.runsOf("c-2"); runs["flow completed"] != 1 {
			t.Errorf("beside it: %v", runs)
		}
		if tasks := m.org.tasksOf("c-3"); len(tasks) != 1 || tasks[0]["CallDurationInSeconds"] != 61.0 || m.org.channelOf("c-3") == nil {
			t.Errorf("of the contact whose state is damaged: tasks %v, row %v", tasks, m.org.channelOf("c-3"))
		}
		named := strings.Join(m.base.Damage(), "; ")
		if !strings.Contains(named, "the run 1") || !strings.Contains(named, "the state of the contact c-3") {
			t.Errorf("named: %s", named)
		}
		m.tell(connected("c-1")) // its contact goes on
		m.tell(ended("c-1"))
		rest(time.Minute)
		if n := len(m.org.tasksOf("c-1")); n != 1 || m.open() != 0 {
			t.Errorf("%d Tasks, %d open", n, m.open())
		}
		m.end()
		if err := m.base.Close(); err != nil {
			t.Error(err)
		}
	})
}
