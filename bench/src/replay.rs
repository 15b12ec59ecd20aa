//! The floor: the very statements that a desk executed, with the same parameters in the same transactions, asked again through
//! `store` on another database that stands where the first one stood. No playbook, no rules, no rows turned into anything.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::join_all;
use store::recording::{Asked, Recording, Statement};
use store::{Conn, Db};

use crate::Result;

/// What a desk asked of its database.
pub struct Script {
    steps: Vec<Step>,
}

/// Statements that were asked at once.
pub enum Step {
    /// Outside of a transaction.
    Reading(Statement),
    /// In a transaction.
    Changing(Arc<Vec<Statement>>),
}

impl Script {
    /// What was recorded so far.
    pub fn of(recording: &Recording) -> Self {
        let step = |asked| match asked {
            Asked::Alone(statement) => Step::Reading(statement),
            Asked::Together(statements) => Step::Changing(Arc::new(statements)),
        };
        Self { steps: recording.take().into_iter().map(step).collect() }
    }

    /// Its steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many transactions, statements within them, and statements outside of them there are for each of `count`.
    pub fn describe(&self, count: usize) -> String {
        let (mut transactions, mut within, mut outside) = (0, 0, 0);
        for step in &self.steps {
            match step {
                Step::Reading(_) => outside += 1,
                Step::Changing(statements) => {
                    transactions += 1;
                    within += statements.len();
                }
            }
        }
        let each = |n: usize| n as f64 / count as f64;
        format!(
            "{:.1} transactions with {:.1} statements, and {:.1} statements outside of them",
            each(transactions),
            each(within),
            each(outside)
        )
    }

    /// Asks it all again through `store`, up to `at_once` transactions that follow each other at the same time.
    pub async fn replay(&self, db: &Db, at_once: usize) -> Result<()> {
        let mut waiting = Vec::with_capacity(at_once);
        for step in &self.steps {
            match step {
                Step::Changing(statements) => {
                    waiting.push(Arc::clone(statements));
                    if waiting.len() >= at_once {
                        change(db, &mut waiting).await?;
                    }
                }
                Step::Reading(statement) => {
                    change(db, &mut waiting).await?;
                    ask(&mut db.read().await?, statement).await?;
                }
            }
        }
        change(db, &mut waiting).await
    }
}

async fn change(db: &Db, waiting: &mut Vec<Arc<Vec<Statement>>>) -> Result<()> {
    let changes = waiting.drain(..).map(|statements| {
        db.write(move |tx| {
            let statements = Arc::clone(&statements);
            async move {
                for statement in statements.iter() {
                    ask(tx, statement).await?;
                }
                Ok::<_, store::Error>(())
            }
            .boxed()
        })
    });
    for outcome in join_all(changes).await {
        outcome?;
    }
    Ok(())
}

async fn ask(conn: &mut Conn, statement: &Statement) -> store::Result<()> {
    let query = statement.query.clone();
    if statement.gives_rows { query.all(conn).await.map(drop) } else { query.execute(conn).await.map(drop) }
}
