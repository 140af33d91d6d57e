//go:build !lean

package main

import (
	"fmt"
	"time"

	"github.com/patchcord/patchcord/sandbox"
)

// loadContacts fills the CRM with n made-up contacts; a person at the terminal sees how far it is.
func loadContacts(e *env, box *sandbox.Sandbox, n int) error {
	if n == 0 {
		return nil
	}
	started, loaded := time.Now(), 0
	err := box.LoadContacts(e.ctx, n, func(done int) {
		loaded = done
		if e.person {
			fmt.Fprintf(e.stderr, "\r  Loading contacts  %d of %d (%d %%)", done, n, 100*done/n)
		}
	})
	if e.person && loaded > 0 {
		fmt.Fprintln(e.stderr)
	}
	if err == nil && loaded > 0 {
		e.log.Info("contacts loaded", "contacts", loaded, "took", time.Since(started).Round(time.Millisecond))
	}
	return err
}
