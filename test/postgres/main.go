// Command postgres starts a PostgreSQL server of its own, writes its DSN, and ends it when its standard input ends: browser tests use it.
//
// Read first: main.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/patchcord/patchcord/internal/pgtest"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	server, err := pgtest.Start(ctx, pgtest.Config{})
	if err != nil {
		return err
	}
	fmt.Println(server.DSN("postgres"))
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, server.Close())
}
