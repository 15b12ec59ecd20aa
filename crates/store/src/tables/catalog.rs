//! What a database says of its tables.

use super::{Column, Kind, Table};
use crate::{Conn, Engine, Error, Result, Row, sql};

const NAMES_SQLITE: &str = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name";
const NAMES_POSTGRES: &str = "SELECT CAST(relname AS TEXT) AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    ORDER BY relname";

/// `place`: where it stands in the primary key, negative when it does not.
const COLUMNS_SQLITE: &str =
    "SELECT name, type, pk - 1 AS place FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid";
const COLUMNS_POSTGRES: &str = "SELECT CAST(a.attname AS TEXT) AS name, format_type(a.atttypid, a.atttypmod) AS type,
    CAST(COALESCE(array_position(CAST(i.indkey AS INT2[]), a.attnum), -1) AS BIGINT) AS place
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relname = $1 AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum";

/// The names of the tables that are no others' insides.
pub(super) async fn table_names(conn: &mut Conn) -> Result<Vec<String>> {
    let text = match conn.engine() {
        Engine::Sqlite => NAMES_SQLITE,
        Engine::Postgres => NAMES_POSTGRES,
    };
    sql(text).all(conn).await?.iter().map(|row| row.get("name")).collect()
}

/// The table of that name.
pub(super) async fn table(conn: &mut Conn, name: String) -> Result<Table> {
    let engine = conn.engine();
    let text = match engine {
        Engine::Sqlite => COLUMNS_SQLITE,
        Engine::Postgres => COLUMNS_POSTGRES,
    };
    let rows = sql(text).bind(&name).all(conn).await?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for row in &rows {
        let place: i64 = row.get("place")?;
        let column = column(&name, row)?;
        if place >= 0 {
            key.push((place, column.name.clone()));
        }
        columns.push(column);
    }
    if key.is_empty() {
        return Err(Error::Schema(format!("the table {name} has no primary key, so its rows have no order")));
    }
    key.sort();
    Ok(Table { name, columns, key: key.into_iter().map(|(_, name)| name).collect() })
}

fn column(table: &str, row: &Row) -> Result<Column> {
    let (name, declared): (String, String) = (row.get("name")?, row.get("type")?);
    let kind = match declared.as_str() {
        "INTEGER" | "bigint" | "boolean" => Kind::Integer,
        "TEXT" | "text" => Kind::Text,
        "BLOB" | "bytea" => Kind::Bytes,
        _ => {
            return Err(Error::Schema(format!("column {name} of the table {table} is of an unknown type, {declared}")));
        }
    };
    Ok(Column { name, kind, truth: declared == "boolean" })
}

/// What reads the whole table. Its names are those of the catalog.
pub(super) fn select(engine: Engine, table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(selected).collect();
    let is_text = |name: &String| table.columns.iter().any(|column| column.name == *name && column.kind == Kind::Text);
    let order = |name: &String| match engine {
        Engine::Postgres if is_text(name) => format!("{} COLLATE \"C\"", quoted(name)),
        _ => quoted(name),
    };
    let order: Vec<String> = table.key.iter().map(order).collect();
    // By the table's columns, not by what the list above calls them.
    let order = order.iter().map(|column| format!("{}.{column}", quoted(&table.name))).collect::<Vec<_>>();
    format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&table.name), order.join(", "))
}

fn selected(column: &Column) -> String {
    let name = quoted(&column.name);
    if column.truth { format!("CAST(CAST({name} AS INTEGER) AS BIGINT) AS {name}") } else { name }
}

/// A name as an identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let column = |name: &str, kind, truth| Column { name: name.to_owned(), kind, truth };
        Table {
            name: "things".to_owned(),
            columns: vec![column("key", Kind::Text, false), column("good", Kind::Integer, true)],
            key: vec!["key".to_owned()],
        }
    }

    #[test]
    fn rows_come_by_the_bytes_of_their_key_on_both_engines() {
        assert_eq!(
            select(Engine::Postgres, &table()),
            "SELECT \"key\", CAST(CAST(\"good\" AS INTEGER) AS BIGINT) AS \"good\" FROM \"things\" \
             ORDER BY \"things\".\"key\" COLLATE \"C\""
        );
        assert!(select(Engine::Sqlite, &table()).ends_with("ORDER BY \"things\".\"key\""));
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
