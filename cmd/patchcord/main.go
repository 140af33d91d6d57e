// Command patchcord joins an Amazon Connect contact centre to the Salesforce Service Console, and runs a sandbox of both.
// The build tag lean leaves the sandbox and its telephone out: what a server needs, see lean.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/patchcord/patchcord/internal/plain"
)

// version is set by the build.
var version = "dev"

type commands struct {
	trial
	Serve    serveCommand    `cmd:"" help:"Run the adapter alone, for real platforms."`
	Setup    setupCommand    `cmd:"" help:"Put the adapter into an org and an instance: plan, apply, verify, destroy."`
	Flow     flowCommand     `cmd:"" help:"Check, run and compare flows."`
	Calls    callsCommand    `cmd:"" help:"Tell why calls popped or did not."`
	Presence presenceCommand `cmd:"" help:"Tell of whom two statuses do not follow each other, and who changed them."`
	Backup   backupCommand   `cmd:"" help:"Copy the adapter's data folder while it runs."`
	Move     moveCommand     `cmd:"" help:"Carry what an adapter keeps from its folder into PostgreSQL, for many nodes, or back."`
	Unbind   unbindCommand   `cmd:"" help:"Release a user who is bound to one of the other platform."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// env is what commands share.
type env struct {
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
	log    *slog.Logger
	person bool // somebody looks at stderr
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(e *env) error {
	_, err := fmt.Fprintln(e.stdout, version)
	return err
}

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parser := kong.Must(&c, kong.Name("patchcord"), kong.Description(
		"Joins an Amazon Connect contact centre to the Salesforce Service Console."+tryIt))
	parsed, err := parser.Parse(os.Args[1:])
	if err != nil {
		return misused(parser, err)
	}
	person := term.IsTerminal(int(os.Stderr.Fd()))
	handler := slog.Handler(slog.NewJSONHandler(os.Stderr, nil))
	if person {
		handler = slog.NewTextHandler(os.Stderr, nil)
	}
	e := &env{ctx: ctx, stdout: os.Stdout, stderr: os.Stderr, log: slog.New(handler), person: person}
	if err := parsed.Run(e); err != nil {
		if status, ok := errors.AsType[exit](err); ok {
			return int(status)
		}
		fmt.Fprintln(os.Stderr, "patchcord:", plain.Line(err))
		return 1
	}
	return 0
}
