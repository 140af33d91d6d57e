// Command generate writes the document of what works.
package main

import (
	"fmt"
	"os"

	"github.com/patchcord/patchcord/adapter/blocks/features"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], features.Document(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
