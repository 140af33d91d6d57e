// Command sessions ends sessions of a sandbox's CRM behind everybody's back, as their life times or an administrator do: tests use it.
//
// Read first: main. It knows two tables of the CRM's database and nothing else.
package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run ends access tokens, and refresh tokens too if that is the second argument.
func run(args []string) error {
	if len(args) != 2 || args[1] != "access" && args[1] != "refresh" {
		return fmt.Errorf("usage: sessions crm.db access|refresh")
	}
	db, err := sql.Open("sqlite", "file:"+args[0]+"?mode=rw&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(`DELETE FROM session WHERE kind = 'api'`); err != nil {
		return err
	}
	if args[1] == "refresh" {
		_, err = db.Exec(`DELETE FROM refresh`)
	}
	return err
}
