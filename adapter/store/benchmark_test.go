package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// BenchmarkFactsOnAServer has writers add facts of their own users, each with the state that follows and a run: what a fact costs on a
// server that flushes to its disk. Custom figures are the rate and how long half of them, and 99 of 100, take.
func BenchmarkFactsOnAServer(b *testing.B) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	server, err := pgtest.Start(ctx, pgtest.Config{Durable: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = server.Close() })
	s := openShared(b, server.DSN("postgres"), "node")
	var n atomic.Int64
	for _, writers := range []int{1, 16, 64} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			took := make([]time.Duration, b.N)
			var next atomic.Int64
			var all sync.WaitGroup
			began := time.Now()
			for w := range writers {
				all.Go(func() {
					for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
						at := time.Now()
						if err := addFact(b.Context(), s, fmt.Sprintf("user %d", w), fmt.Sprint(n.Add(1))); err != nil {
							b.Error(err)
							return
						}
						took[i] = time.Since(at)
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "facts/s")
			slices.Sort(took)
			b.ReportMetric(float64(took[b.N/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// addFact does what one fact takes: the fact, the state that follows from it, and a run.
func addFact(ctx context.Context, s *Store, userID, key string) error {
	return s.Do(ctx, userID, func(tx *Tx) error {
		fresh, err := tx.AddFact(fact.Fact{User: userID, Key: key, At: morning, Payload: []byte(`{"a":"` + filling + `"}`)})
		if err != nil || !fresh {
			return err
		}
		known := map[string]string{}
		if err := tx.State(userID, "c", &known); err != nil {
			return err
		}
		known["last"], known["filling"] = key, filling
		if err := tx.PutState(userID, "c", morning, true, known); err != nil {
			return err
		}
		return tx.AddRun(&Run{User: userID, Contact: "c", Kind: "flow", Status: Waiting, Created: morning})
	})
}

var filling = strings.Repeat("x", 800)
