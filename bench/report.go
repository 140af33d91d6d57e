package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// report is everything that one run measured.
type report struct {
	At      time.Time `json:"at"`
	Machine machine   `json:"machine"`
	Version string    `json:"version"`
	Figures []figure  `json:"figures"`
	Failed  []string  `json:"failed"` // parts that could not be measured, with the reason
}

// machine is where it ran. Load is of the last minute before: figures of a busy machine are noisy.
type machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory string `json:"memory"`
	System string `json:"system"`
	Go     string `json:"go"`
	Load   string `json:"load"`
}

func thisMachine() machine {
	return machine{
		CPU: line("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: line("/proc/meminfo", "MemTotal"),
		System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Load: firstWord("/proc/loadavg"),
	}
}

// line is the value of "key: value" in a file of the system, "unknown" where there is none.
func line(file, key string) string {
	body, err := os.ReadFile(file)
	if err != nil {
		return "unknown"
	}
	for l := range strings.Lines(string(body)) {
		if name, value, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(name) == key {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return "unknown"
}

func firstWord(file string) string {
	body, err := os.ReadFile(file)
	if err != nil {
		return "unknown"
	}
	word, _, _ := strings.Cut(string(body), " ")
	return word
}

// text writes the report as a table for people.
func (r report) text(w io.Writer) error {
	m := r.Machine
	fmt.Fprintf(w, "\n%s, %d cores, %s, %s, %s; load before: %s; patchcord %s\n\n", m.CPU, m.Cores, m.Memory, m.System,
		m.Go, m.Load, r.Version)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tunit\tn\tp50\tp95\tp99\tmax\tgoal\t\tnote")
	for _, f := range r.Figures {
		cells := []string{short(f.P50), short(f.P95), short(f.P99), short(f.Max)}
		if f.N <= 1 {
			cells = []string{short(f.P50), "", "", ""}
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", f.Name, f.Unit, f.N, strings.Join(cells, "\t"), f.goal(), f.verdict(), f.Note)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, why := range r.Failed {
		fmt.Fprintln(w, "not measured:", why)
	}
	return nil
}

func (r report) save(name string) error {
	body, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(body, '\n'), 0o600)
}
