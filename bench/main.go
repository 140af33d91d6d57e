// Command bench measures what the README's table promises, with the built binary, as a stranger would run it.
//
// Read first: parts, figure, report. It judges nothing by itself: a missed goal is printed, never an error.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// bench is what the parts share.
type bench struct {
	binary, folder  string
	screenshot      string // file for a picture of the console after the calls
	contacts, few   int    // sizes of the org
	calls, lookups  int
	starts, invites int
	sockets, events int
	kills, minutes  int
	agents, seed    int
	nodes           int
	facts           int
	profiles        string // folder for a CPU profile of each part; "" for none
}

// part measures one thing and can be run alone.
type part struct {
	name, what string
	run        func(bench, context.Context) ([]figure, error)
	rare       bool // it is run only when it is asked for
}

var parts = []part{
	{name: "start", what: "start of the sandbox, and its memory", run: bench.start},
	{name: "setup", what: "what an administrator waits for", run: bench.setUp},
	{name: "pages", what: "from going to a page of the CRM to using it", run: bench.pages},
	{name: "invite", what: "the trunk's first answer", run: bench.invite},
	{name: "lookup", what: "a caller's record by SOSL over HTTP", run: bench.lookup},
	{name: "ring", what: "from the ring to the painted record, and from the answer to audio", run: bench.ring},
	{name: "share", what: "the adapter's own share of a pop, and runs in its journal", run: bench.share},
	{name: "runs", what: "runs in the journal, as many as this process can", run: bench.runs},
	{name: "crowd", what: "an agent's pops while another one floods and many wait", run: bench.crowd},
	{name: "presence", what: "how long the two statuses of an agent differ", run: bench.presence},
	{name: "steady", what: "the adapter's memory after many facts", run: bench.steady},
	{name: "sockets", what: "idle agents, and their return after the adapter was killed", run: bench.idle},
	{name: "blocks", what: "flows on one core", run: bench.blocks},
	{name: "shadow", what: "a draft against what was recorded", run: bench.shadow},
	{name: "nodes", what: "many nodes on one PostgreSQL beside one with its folder, and an upgrade of all", run: bench.onNodes, rare: true},
	{name: "loss", what: "what is lost or double after kills at random moments", run: bench.loss, rare: true},
}

// What the telephone at the other end needs.
var (
	systemClock = clock.System{}
	silent      = slog.New(slog.DiscardHandler)
)

// count is a size that can be chosen. Its bounds keep a slip of the finger from filling the disk, or the evening.
type count struct {
	name                string
	value               *int
	usual, lowest, most int
	help                string
}

func (b *bench) counts() []count {
	return []count{
		{"contacts", &b.contacts, 1_000_000, 4_000, 1_500_000, "contacts in the large org"},
		{"few", &b.few, 10_000, 4_000, 1_500_000, "contacts in the small org"},
		{"calls", &b.calls, 20, 1, 200, "calls for each size of the org"},
		{"lookups", &b.lookups, 2_000, 100, 100_000, "lookups"},
		{"starts", &b.starts, 5, 1, 50, "starts of the sandbox"},
		{"invites", &b.invites, 200, 10, 5_000, "calls to the trunk"},
		{"sockets", &b.sockets, 10_000, 10, 15_000, "idle agent sockets"},
		{"events", &b.events, 2_000, 100, 50_000, "events for the adapter"},
		{"facts", &b.facts, 100_000, 1_000, 1_000_000, "facts of the part steady"},
		{"kills", &b.kills, 200, 1, 5_000, "of the part loss"},
		{"minutes", &b.minutes, 20, 1, 300, "of the part loss"},
		{"agents", &b.agents, 8, 1, 100, "of the part loss"},
		{"nodes", &b.nodes, 0, 0, 9, "adapters that share a database; 0 is one with its own in loss, three in nodes"},
		{"seed", &b.seed, 1, 0, 1 << 30, "of the part loss: the same one breaks the same things at the same moments"},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := measure(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// measure runs the parts that were asked for, one after another, and reports.
func measure(ctx context.Context, args []string) error {
	b := bench{}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	for _, c := range b.counts() {
		flags.IntVar(c.value, c.name, c.usual, fmt.Sprintf("%s, %d to %d", c.help, c.lowest, c.most))
	}
	var names, usual []string
	for _, p := range parts {
		names = append(names, p.name)
		if !p.rare {
			usual = append(usual, p.name)
		}
	}
	only := flags.String("parts", strings.Join(usual, ","), "what to measure, of "+strings.Join(names, ","))
	out := flags.String("json", "bench/results.json", "file for the figures; empty for none")
	keep := flags.String("keep", "", "folder that keeps filled orgs for the next run; a temporary one by default")
	flags.StringVar(&b.binary, "binary", "bin/patchcord", "what to measure")
	flags.StringVar(&b.profiles, "profiles", "", "folder for profiles of what this process itself does in each part")
	flags.StringVar(&b.screenshot, "screenshot", "", "file for a picture of the console after the calls")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, c := range b.counts() {
		if *c.value < c.lowest || *c.value > c.most {
			return fmt.Errorf("-%s %d is not between %d and %d", c.name, *c.value, c.lowest, c.most)
		}
	}
	chosen := strings.Split(*only, ",")
	for _, name := range chosen {
		if !slices.Contains(names, name) {
			return fmt.Errorf("no part %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	if err := b.place(*keep); err != nil {
		return err
	}
	if *keep == "" {
		defer os.RemoveAll(b.folder)
	}
	r := report{At: time.Now(), Machine: thisMachine()}
	if version, err := exec.CommandContext(ctx, b.binary, "version").Output(); err == nil {
		r.Version = strings.TrimSpace(string(version))
	}
	for _, p := range parts {
		if !slices.Contains(chosen, p.name) || ctx.Err() != nil {
			continue
		}
		began := time.Now()
		fmt.Fprintf(os.Stderr, "%s: %s …", p.name, p.what)
		figures, err := b.profiled(ctx, p)
		fmt.Fprintf(os.Stderr, " %s\n", time.Since(began).Round(100*time.Millisecond))
		r.Figures = append(r.Figures, figures...)
		if err != nil {
			r.Failed = append(r.Failed, p.name+": "+err.Error())
		}
	}
	if err := r.text(os.Stdout); err != nil {
		return err
	}
	if *out != "" {
		return r.save(*out)
	}
	return nil
}

// place finds the binary and a folder for state.
func (b *bench) place(keep string) error {
	var err error
	if b.binary, err = filepath.Abs(b.binary); err != nil {
		return err
	}
	if _, err := os.Stat(b.binary); err != nil {
		return fmt.Errorf("%w (make build makes it)", err)
	}
	if keep == "" {
		b.folder, err = os.MkdirTemp("", "patchcord-bench-")
		return err
	}
	if b.folder, err = filepath.Abs(keep); err != nil {
		return err
	}
	return os.MkdirAll(b.folder, 0o700)
}
