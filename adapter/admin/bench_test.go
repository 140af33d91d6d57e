package admin

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// thousands of calls of a hundred agents, some of each outcome.
func thousands(b *testing.B, n int) *browser {
	b.Helper()
	d := newDesk(b)
	for from := 0; from < n; from += 500 {
		d.do(func(tx *store.Tx) error {
			for i := from; i < min(from+500, n); i++ {
				user := fmt.Sprintf("005%012dAAA", i%100)
				err := tellCall(tx, fmt.Sprintf("c-%06d", i), user, fmt.Sprintf("+1206555%04d", i%10_000), nine.Add(-time.Duration(n-i)*time.Second),
					func(r *store.Run) {
						if i%50 == 0 {
							r.Body.Searches = []store.Search{{Kind: "choice", Total: 2, Object: "Contact"}}
						}
					})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := d.index.all(b.Context()); err != nil {
		b.Fatal(err)
	}
	return d.signIn(ada)
}

func BenchmarkListOfTenThousandCalls(b *testing.B) {
	browser := thousands(b, 10_000)
	for _, query := range []string{"", "?outcome=several&limit=200", "?number=2065550142", "?agent=005000000000007AAA",
		"?queue=Support&limit=200",
		"?from=2026-03-02T07:00:00Z&to=2026-03-02T08:00:00Z"} {
		b.Run("calls"+query, func(b *testing.B) {
			for b.Loop() {
				browser.d.clock.Advance(time.Second) // so that each list looks for news
				if w := browser.ask(http.MethodGet, "calls"+query, "", nil); w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
	b.Run("one call", func(b *testing.B) {
		for b.Loop() {
			if w := browser.ask(http.MethodGet, "calls/c-005000", "", nil); w.Code != http.StatusOK {
				b.Fatal(w.Code, w.Body)
			}
		}
	})
}

// What the list would cost without rows of its own, and what making all of them anew costs.
func BenchmarkIndexTenThousandCalls(b *testing.B) {
	d := thousands(b, 10_000).d
	for b.Loop() {
		d.index.ready, d.index.since = false, time.Time{}
		d.do(func(tx *store.Tx) error { return nil })
		var legs []store.Leg
		err := d.store.View(b.Context(), func(tx *store.Tx) (err error) {
			rows, err := tx.Calls(store.CallFilter{}, 10_000)
			for _, r := range rows {
				legs = append(legs, r.Leg)
			}
			return err
		})
		if err == nil {
			err = d.index.make(b.Context(), legs, 1)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
